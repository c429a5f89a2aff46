import type { Sampling } from '../../contract/engine-contract.ts';
import { Random } from './random.ts';

/** The official default: greedy, nothing penalised. */
export const GREEDY: Sampling = {
  temperature: 0,
  topK: 0,
  topP: 1,
  repetitionPenalty: 1,
  maxNewTokens: 2048,
  seed: 0,
};

/** Tokens that may come next, likeliest first. */
export interface Candidates {
  readonly ids: readonly number[];
  readonly probabilities: Float64Array;
}

/** Chooses the next token. `seen` are the ids of the prompt and of the reply so far. */
export class Sampler {
  readonly #settings: Sampling;
  readonly #random: Random;

  constructor(settings: Sampling) {
    this.#settings = settings;
    this.#random = new Random(settings.seed);
  }

  /** With `allowed`, nothing else is chosen. */
  choose(logits: Float32Array, seen: ReadonlySet<number>, allowed?: Iterable<number>): number {
    if (this.#settings.temperature === 0) {
      return likeliest(penalised(logits, seen, this.#settings), idsToConsider(logits, allowed));
    }
    const { ids, probabilities } = candidates(logits, seen, this.#settings, allowed);
    let rest = this.#random.next();
    for (let index = 0; index < ids.length; index++) {
      rest -= probabilities[index]!;
      if (rest < 0) return ids[index]!;
    }
    return ids[0]!;
  }
}

/** Repetition penalty, then temperature, then top-k, then top-p (spec section 8). */
export function candidates(
  logits: Float32Array,
  seen: ReadonlySet<number>,
  settings: Sampling,
  allowed?: Iterable<number>,
): Candidates {
  const scores = penalised(logits, seen, settings);
  const considered = idsToConsider(logits, allowed);
  const largest = scores[likeliest(scores, considered)]!;
  const weightOf = (id: number) => Math.exp((scores[id]! - largest) / settings.temperature);
  const pool = settings.topK > 0 ? largestScores(scores, considered, settings.topK) : considered;
  let sum = 0;
  for (let index = 0; index < pool.length; index++) sum += weightOf(pool[index]!);
  const ranked = withoutTail(pool, scores, largest, settings).sort(
    (a, b) => scores[b]! - scores[a]! || a - b,
  );
  const weights = Float64Array.from(ranked, weightOf);
  const kept = settings.topP < 1 ? nucleus(weights, settings.topP * sum) : ranked.length;
  const keptSum = weights.subarray(0, kept).reduce((total, value) => total + value, 0);
  const probabilities = weights.subarray(0, kept).map((value) => value / keptSum);
  return { ids: Array.from(ranked.subarray(0, kept)), probabilities };
}

/** Log-probabilities of all tokens. */
export function logSoftmax(logits: Float32Array): Float64Array {
  const largest = logits.reduce((most, value) => Math.max(most, value), -Infinity);
  let sum = 0;
  for (const value of logits) sum += Math.exp(value - largest);
  const offset = largest + Math.log(sum);
  return Float64Array.from(logits, (value) => value - offset);
}

function penalised(logits: Float32Array, seen: ReadonlySet<number>, settings: Sampling): Float32Array {
  if (settings.repetitionPenalty === 1) return logits;
  const scores = logits.slice();
  for (const id of seen) {
    const value = scores[id];
    if (value === undefined) continue;
    scores[id] = value > 0 ? value / settings.repetitionPenalty : value * settings.repetitionPenalty;
  }
  return scores;
}

function likeliest(scores: Float32Array, ids: Uint32Array): number {
  let best = ids[0]!;
  for (let index = 1; index < ids.length; index++)
    if (scores[ids[index]!]! > scores[best]!) best = ids[index]!;
  return best;
}

/** The ids with the `limit` largest scores, ties with the last of them included. */
function largestScores(scores: Float32Array, ids: Uint32Array, limit: number): Uint32Array {
  if (limit >= ids.length) return ids;
  /** The largest scores so far, ascending: a score enters rarely once the array is full of large ones. */
  const best = new Float32Array(limit).fill(-Infinity);
  for (let index = 0; index < ids.length; index++) {
    const score = scores[ids[index]!]!;
    if (score <= best[0]!) continue;
    let place = 1;
    for (; place < limit && best[place]! < score; place++) best[place - 1] = best[place]!;
    best[place - 1] = score;
  }
  const threshold = best[0]!;
  return ids.filter((id) => scores[id]! >= threshold);
}

/** Leaves out what is so unlikely that all of it together cannot reach the nucleus, so that less is sorted. */
function withoutTail(
  pool: Uint32Array,
  scores: Float32Array,
  largest: number,
  settings: Sampling,
): Uint32Array {
  if (settings.topP >= 1) return pool.slice();
  const margin = Math.log(pool.length / (1 - settings.topP)) * settings.temperature;
  return pool.filter((id) => scores[id]! >= largest - margin);
}

/** How many of the weights, largest first, it takes to reach `share`; at least one. */
function nucleus(weights: Float64Array, share: number): number {
  let above = 0;
  for (let index = 0; index < weights.length; index++) {
    if (index > 0 && above >= share) return index;
    above += weights[index]!;
  }
  return weights.length;
}

function idsToConsider(logits: Float32Array, allowed: Iterable<number> | undefined): Uint32Array {
  if (!allowed) return everyIndex(logits.length);
  const ids = Uint32Array.from(allowed);
  if (ids.length === 0) throw new RangeError('no token is allowed');
  return ids;
}

function everyIndex(length: number): Uint32Array {
  const indices = new Uint32Array(length);
  for (let index = 0; index < length; index++) indices[index] = index;
  return indices;
}
