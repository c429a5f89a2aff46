import type { FlowConfig } from '../../convert/flow-config.ts';
import { Tensor } from '../../onnx/session.ts';
import { nextCaches } from './flow-encoder-stream.ts';
import { zeros, type FlowGraphs } from './flow-graphs.ts';
import type { MelFrames } from './mel-frames.ts';

/** Columns of the prompt's end that a stream keeps in view when its memory is cut. */
const KEPT_BESIDE_PROMPT = 100;

/** What guides one run of the flow. */
export interface FlowGuide {
  /** float32 [1, frame, 80] */
  readonly mu: Tensor;
  /** float32 [1, 80] */
  readonly speaker: Tensor;
  /** The prompt's mel in its frames, zero elsewhere. */
  readonly condition: MelFrames;
}

/**
 * Follows the flow from noise to mel in `steps` Euler steps; each step has its own memory of the pieces before.
 * More steps sound better and cost as much more; ten is what the models were trained with.
 */
export class FlowSolver {
  readonly #graphs: FlowGraphs;
  readonly #times: readonly number[];
  #caches: Record<string, Tensor>[];
  #cachedFrames = 0;

  constructor(graphs: FlowGraphs, steps: number) {
    this.#graphs = graphs;
    this.#times = flowTimes(steps);
    this.#caches = Array.from({ length: steps }, () => emptyEstimatorCaches(graphs.config));
  }

  /** A solver of its own that goes on from the same place. */
  fork(): FlowSolver {
    const fork = new FlowSolver(this.#graphs, this.#caches.length);
    fork.#caches = this.#caches.map((caches) => ({ ...caches }));
    fork.#cachedFrames = this.#cachedFrames;
    return fork;
  }

  /** Frames in view before the next piece; also the noise column that it starts at. */
  get cachedFrames(): number {
    return this.#cachedFrames;
  }

  async solve(noise: MelFrames, guide: FlowGuide, signal: AbortSignal): Promise<MelFrames> {
    const { frames, bands } = noise;
    const guidance = this.#graphs.config.decoder.inference_cfg_rate;
    const condition = new Tensor('float32', guide.condition.values, [1, bands, frames]);
    let x = noise.values;
    for (const [step, caches] of this.#caches.entries()) {
      signal.throwIfAborted();
      const [now, next] = [this.#times[step]!, this.#times[step + 1]!];
      const results = await this.#graphs.estimator.run({
        x: new Tensor('float32', x, [1, bands, frames]),
        mu: guide.mu,
        speaker: guide.speaker,
        condition,
        time: new Tensor('float32', Float32Array.of(now), [1]),
        ...caches,
      });
      const velocity = results['velocity']!.data as Float32Array;
      x = advanced(x, velocity, guidance, next - now);
      this.#caches[step] = nextCaches(caches, results);
    }
    this.#cachedFrames += frames;
    return { bands, frames, values: x };
  }

  /** Keeps the newest frames, as many as the prompt has, and the end of the prompt; frees the rest. */
  trim(promptFrames: number): void {
    if (this.#cachedFrames <= promptFrames + KEPT_BESIDE_PROMPT) return;
    for (const caches of this.#caches) {
      for (const [name, tensor] of Object.entries(caches)) {
        if (name.startsWith('past_')) caches[name] = endsOf(tensor, promptFrames, KEPT_BESIDE_PROMPT);
      }
    }
    this.#cachedFrames = promptFrames + KEPT_BESIDE_PROMPT;
  }
}

/** The caches of one step before anything was seen. */
export function emptyEstimatorCaches(config: FlowConfig): Record<string, Tensor> {
  const { depth, hidden_size: hidden, num_heads: heads, head_dim: headSize } = config.decoder.estimator;
  const caches: Record<string, Tensor> = {};
  for (let block = 0; block < depth; block++) {
    caches[`columns_${block}`] = zeros(2, 2 * hidden, 2);
    caches[`past_${block}`] = zeros(2, heads, 0, 2 * headSize);
  }
  return caches;
}

/** 1 - cos(pi / 2 * i / steps), rounded as the models' own code rounds: small differences grow along the flow. */
export function flowTimes(steps: number): number[] {
  const round = Math.fround;
  return Array.from({ length: steps + 1 }, (_, index) => {
    const angle = round(round(round(index / steps) * 0.5) * round(Math.PI));
    return round(1 - round(Math.cos(angle)));
  });
}

/** One Euler step along the guided velocity: (1 + guidance) * guided - guidance * unguided. */
function advanced(x: Float32Array, velocity: Float32Array, guidance: number, duration: number): Float32Array {
  const next = new Float32Array(x.length);
  for (let index = 0; index < x.length; index++) {
    const guided = (1 + guidance) * velocity[index]! - guidance * velocity[x.length + index]!;
    next[index] = x[index]! + duration * guided;
  }
  return next;
}

/** The first and the last entries along the time axis of [2, head, time, size]. */
function endsOf(tensor: Tensor, first: number, last: number): Tensor {
  const [branches, heads, time, size] = tensor.dims as [number, number, number, number];
  const from = tensor.data as Float32Array;
  const kept = new Float32Array(branches * heads * (first + last) * size);
  for (let row = 0; row < branches * heads; row++) {
    const source = row * time * size;
    const target = row * (first + last) * size;
    kept.set(from.subarray(source, source + first * size), target);
    kept.set(from.subarray(source + (time - last) * size, source + time * size), target + first * size);
  }
  return new Tensor('float32', kept, [branches, heads, first + last, size]);
}
