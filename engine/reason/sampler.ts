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
    if (this.#settings.temperature === 0) return likeliest(penalised(logits, seen, this.#settings), allowed);
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
  const considered = allowed ? Uint32Array.from(allowed) : Uint32Array.from(scores.keys());
  const ranked = largestFirst(scores, considered, settings.topK);
  const weights = softmax(ranked.map((id) => scores[id]! / settings.temperature));
  let kept = 0;
  for (let above = 0; kept < ranked.length && (kept === 0 || above < settings.topP); kept++)
    above += weights[kept]!;
  const probabilities = weights.subarray(0, kept);
  const sum = probabilities.reduce((total, value) => total + value, 0);
  return { ids: ranked.slice(0, kept), probabilities: probabilities.map((value) => value / sum) };
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

function likeliest(scores: Float32Array, allowed: Iterable<number> = scores.keys()): number {
  let best = -1;
  for (const id of allowed) if (best < 0 || scores[id]! > scores[best]!) best = id;
  if (best < 0) throw new RangeError('no token is allowed');
  return best;
}

/** The ids with the `limit` largest scores (0 = all), ties with the last of them included, largest first. */
function largestFirst(scores: Float32Array, ids: Uint32Array, limit: number): number[] {
  if (ids.length === 0) throw new RangeError('no token is allowed');
  let chosen = ids;
  if (limit > 0 && limit < ids.length) {
    const sorted = Float32Array.from(ids, (id) => scores[id]!).sort();
    const threshold = sorted[sorted.length - limit]!;
    chosen = ids.filter((id) => scores[id]! >= threshold);
  }
  return Array.from(chosen).sort((a, b) => scores[b]! - scores[a]! || a - b);
}

function softmax(values: readonly number[]): Float64Array {
  const largest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const weights = Float64Array.from(values, (value) => Math.exp(value - largest));
  const sum = weights.reduce((total, value) => total + value, 0);
  return weights.map((value) => value / sum);
}
