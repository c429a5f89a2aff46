import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { beamSearch, type BeamDecoder, type FoundReply } from '../../../engine/reason/beam-search.ts';
import { logSoftmax } from '../../../engine/reason/sampler.ts';
import { SpeechDecoder, type DecoderMark } from '../../../engine/reason/speech-decoder.ts';
import { readGolden } from '../../golden/npy.ts';
import { never, processor, tinyPackage } from '../tiny-model.ts';

type LogProbabilities = (ids: readonly number[]) => Promise<Float64Array>;

/** The search as one would write it on paper: every list of tokens is computed from its beginning. */
async function plainSearch(
  next: LogProbabilities,
  width: number,
  stopIds: ReadonlySet<number>,
  longest: number,
): Promise<FoundReply> {
  let open: { ids: number[]; score: number }[] = [{ ids: [], score: 0 }];
  const finished: FoundReply[] = [];
  for (let length = 1; length <= longest; length++) {
    const all: { ids: number[]; score: number }[] = [];
    for (const { ids, score } of open) {
      for (const [id, probability] of (await next(ids)).entries())
        all.push({ ids: [...ids, id], score: score + probability });
    }
    all.sort((a, b) => b.score - a.score);
    for (const { ids, score } of all.slice(0, width)) {
      if (stopIds.has(ids.at(-1)!))
        finished.push({ ids: ids.slice(0, -1), meanLogProbability: score / length, reason: 'end-token' });
    }
    finished.sort((a, b) => b.meanLogProbability - a.meanLogProbability);
    finished.splice(width);
    open = all.filter(({ ids }) => !stopIds.has(ids.at(-1)!)).slice(0, width);
    if (finished.length === width && finished.at(-1)!.meanLogProbability >= all[0]!.score / length)
      return finished[0]!;
  }
  for (const { ids, score } of open)
    finished.push({ ids, meanLogProbability: score / longest, reason: 'length' });
  return finished.sort((a, b) => b.meanLogProbability - a.meanLogProbability)[0]!;
}

/** Says after which tokens which are how likely; anything else ends. */
class TableDecoder implements BeamDecoder<TableDecoder> {
  readonly room = 100;
  ids: number[] = [];
  readonly #table: Readonly<Record<string, readonly number[]>>;

  constructor(table: Readonly<Record<string, readonly number[]>>) {
    this.#table = table;
  }

  get position(): number {
    return this.ids.length;
  }

  mark(): DecoderMark {
    const likely = this.#table[this.ids.join('')] ?? [1, 0, 0];
    return { position: this.position, logits: Float32Array.from(likely, Math.log) };
  }

  truncate({ position }: DecoderMark): void {
    this.ids.length = position;
  }

  another(): TableDecoder {
    return new TableDecoder(this.#table);
  }

  async copy(other: TableDecoder, shared: number): Promise<void> {
    this.ids.splice(shared, Infinity, ...other.ids.slice(shared));
  }

  leave(): void {
    this.ids = [];
  }

  async append(ids: readonly number[]): Promise<Float32Array> {
    this.ids.push(...ids);
    return this.mark().logits;
  }
}

describe('a search with two beams', () => {
  const table = { '': [0, 0.6, 0.4], '1': [0.4, 0.35, 0.25], '2': [0.05, 0.05, 0.9] };

  test('finds what is likelier as a whole than the likeliest beginning', async () => {
    const options = { beams: 2, stopIds: new Set([0]), maxNewTokens: 5 };
    const found = await beamSearch(new TableDecoder(table), options, never);
    expect(found).toMatchObject({ ids: [2, 2], reason: 'end-token' });
    expect(found.meanLogProbability).toBeCloseTo(Math.log(0.4 * 0.9 * 1) / 3);
    const alone = await beamSearch(new TableDecoder(table), { ...options, beams: 1 }, never);
    expect(alone.ids).toEqual([1]);
  });

  test('never chooses what is forbidden or lies behind the last id', async () => {
    const options = { beams: 2, stopIds: new Set([0]), maxNewTokens: 5 };
    const forbidden = await beamSearch(
      new TableDecoder(table),
      { ...options, forbiddenIds: new Set([2]) },
      never,
    );
    expect(forbidden.ids).not.toContain(2);
    expect((await beamSearch(new TableDecoder(table), { ...options, lastId: 1 }, never)).ids).not.toContain(
      2,
    );
  });

  test('stops between two steps and leaves the decoder where it was', async () => {
    const decoder = new TableDecoder(table);
    const stopped = beamSearch(
      decoder,
      { beams: 2, stopIds: new Set(), maxNewTokens: 5 },
      AbortSignal.abort(new Error('enough')),
    );
    await expect(stopped).rejects.toThrow('enough');
    expect(decoder.ids).toEqual([]);
  });
});

describe('with the tiny model', () => {
  const prompt = readGolden('llm_inputs_embeds').values;
  let decoder: SpeechDecoder;
  let plain: SpeechDecoder;
  let dispose: () => void;
  beforeAll(async () => {
    const tiny = await tinyPackage();
    ({ dispose } = tiny);
    decoder = await SpeechDecoder.open(tiny.model, processor);
    plain = decoder.another();
  });
  afterAll(async () => {
    await decoder.release();
    dispose();
  });
  beforeEach(() => decoder.reset());

  const next: LogProbabilities = async (ids) => {
    plain.reset();
    const logits = await plain.prefill(prompt, never);
    return logSoftmax(ids.length === 0 ? logits : await plain.append(ids, never));
  };

  test.each([
    [2, []],
    [3, []],
    [2, 'likely'],
  ] as const)('%i beams with %j ends find what the plain search finds', async (beams, ends) => {
    await decoder.prefill(prompt, never);
    const greedy = Array.from(readGolden<Int32Array>('llm_greedy_tokens').values);
    const stopIds = new Set<number>(ends === 'likely' ? [greedy[3]!, greedy[5]!] : ends);
    const found = await beamSearch(decoder, { beams, stopIds, maxNewTokens: 6 }, never);
    const wanted = await plainSearch(next, beams, stopIds, 6);
    expect(found.ids).toEqual(wanted.ids);
    expect(found.reason).toBe(wanted.reason);
    expect(found.meanLogProbability).toBeCloseTo(wanted.meanLogProbability, 4);
    expect(decoder.position).toBe(prompt.length / 64);
  });
});
