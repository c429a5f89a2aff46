import type { GenerationOptions, StopReason } from './generate.ts';
import { logSoftmax } from './sampler.ts';
import type { DecoderMark } from './speech-decoder.ts';

export interface BeamSearchOptions extends Pick<
  GenerationOptions,
  'stopIds' | 'maxNewTokens' | 'lastId' | 'forbiddenIds'
> {
  /** How many replies are followed at once. */
  readonly beams: number;
}

export interface FoundReply {
  /** The end token left out. */
  readonly ids: readonly number[];
  /** Of each token, the end token included. */
  readonly meanLogProbability: number;
  readonly reason: StopReason;
}

/** What the search asks of a decoder; all of them have the same weights. */
export interface BeamDecoder<D> {
  readonly position: number;
  readonly room: number;
  mark(): DecoderMark;
  truncate(mark: DecoderMark): void;
  another(): D;
  copy(other: D, shared: number): Promise<void>;
  leave(): void;
  append(ids: readonly number[], signal: AbortSignal): Promise<Float32Array>;
}

interface Beam<D> {
  readonly decoder: D;
  readonly ids: readonly number[];
  /** The sum of the tokens' natural log-probabilities. */
  readonly score: number;
}

interface Choice<D> {
  readonly parent: Beam<D>;
  readonly id: number;
  readonly score: number;
}

/**
 * The likeliest reply that a beam search finds, by the mean log-probability of its tokens, as Transformers searches by
 * default: no sampling, length penalty 1, and it goes on until no beam can become better than the worst of what is
 * finished. Every beam has a decoder; where two go on from one, what they do not share yet is copied. Leaves the decoder
 * where it was.
 */
export async function beamSearch<D extends BeamDecoder<D>>(
  decoder: D,
  options: BeamSearchOptions,
  signal: AbortSignal,
): Promise<FoundReply> {
  const { beams: width, stopIds } = options;
  const start = decoder.mark();
  const finished: FoundReply[] = [];
  const finish = (ids: readonly number[], score: number, length: number, reason: StopReason) => {
    finished.push({ ids, meanLogProbability: score / length, reason });
    finished.sort((a, b) => b.meanLogProbability - a.meanLogProbability).splice(width);
  };
  let spare = Array.from({ length: width - 1 }, () => beginning(decoder.another()));
  let beams = [beginning(decoder)];
  const longest = Math.max(1, Math.min(options.maxNewTokens, decoder.room));
  try {
    for (let length = 1; ; length++) {
      const ranked = bestChoices(beams, options);
      const next: Choice<D>[] = [];
      for (const [rank, choice] of ranked.entries()) {
        if (next.length === width) break;
        if (!stopIds.has(choice.id)) next.push(choice);
        else if (rank < width) finish(choice.parent.ids, choice.score, length, 'end-token');
      }
      const isOver =
        finished.length === width && finished.at(-1)!.meanLogProbability >= ranked[0]!.score / length;
      if (isOver || next.length === 0) break;
      if (length === longest) {
        for (const { parent, id, score } of next) finish([...parent.ids, id], score, length, 'length');
        break;
      }
      const known: Beam<D>[] = [...beams, ...spare];
      beams = await goneOn(next, known, start.position);
      spare = known.filter(({ decoder: one }) => beams.every((beam) => beam.decoder !== one));
      for (const beam of beams) {
        signal.throwIfAborted();
        await beam.decoder.append([beam.ids.at(-1)!], signal);
      }
    }
  } finally {
    for (const { decoder: one } of [...beams, ...spare]) if (one !== decoder) one.leave();
    decoder.truncate(start);
  }
  return finished[0]!;
}

function beginning<D>(decoder: D): Beam<D> {
  return { decoder, ids: [], score: 0 };
}

/** Enough of the likeliest continuations of all beams that as many as there are beams do not end. */
function bestChoices<D extends BeamDecoder<D>>(
  beams: readonly Beam<D>[],
  { beams: width, stopIds, lastId, forbiddenIds }: BeamSearchOptions,
): Choice<D>[] {
  const count = width * Math.max(2, 1 + stopIds.size);
  const best: Choice<D>[] = [];
  for (const parent of beams) {
    const { logits } = parent.decoder.mark();
    const meaningful = lastId === undefined ? logits : logits.subarray(0, lastId + 1);
    const probabilities = logSoftmax(meaningful);
    for (let id = 0; id < probabilities.length; id++) {
      const score = parent.score + probabilities[id]!;
      if (best.length === count && score <= best[count - 1]!.score) continue;
      if (forbiddenIds?.has(id)) continue;
      let place = best.length;
      while (place > 0 && best[place - 1]!.score < score) place -= 1;
      best.splice(place, 0, { parent, id, score });
      if (best.length > count) best.pop();
    }
  }
  return best;
}

/** The first choice of a beam goes on in its decoder, others in one that nobody goes on in. */
async function goneOn<D extends BeamDecoder<D>>(
  choices: readonly Choice<D>[],
  known: readonly Beam<D>[],
  promptLength: number,
): Promise<Beam<D>[]> {
  const parents = new Set(choices.map(({ parent }) => parent));
  const free = known.filter((beam) => !parents.has(beam));
  const taken = new Set<Beam<D>>();
  const beams: Beam<D>[] = [];
  for (const { parent, id, score } of choices) {
    let { decoder } = parent;
    if (taken.has(parent)) {
      const other = free.pop()!;
      decoder = other.decoder;
      // A decoder that was never used holds no prompt either.
      const held = Math.min(decoder.position, promptLength + sharedLength(other.ids, parent.ids));
      await decoder.copy(parent.decoder, held);
    }
    taken.add(parent);
    beams.push({ decoder, ids: [...parent.ids, id], score });
  }
  return beams;
}

function sharedLength(a: readonly number[], b: readonly number[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}
