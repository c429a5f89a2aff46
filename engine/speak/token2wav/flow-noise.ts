import { Random } from '../../reason/random.ts';
import type { MelFrames } from './mel-frames.ts';

/** Where the flow starts: standard normal numbers, the same ones for the same frame. */
export interface FlowNoise {
  /** Columns `from` to `from + frames` of the endless table. */
  columns(from: number, frames: number): MelFrames;
}

/** A table drawn from a seed, column by column as far as it is wanted. */
export class SeededFlowNoise implements FlowNoise {
  readonly #bands: number;
  readonly #random: Random;
  readonly #drawn: Float32Array[] = [];

  constructor(seed: number, bands: number) {
    this.#bands = bands;
    this.#random = new Random(seed);
  }

  columns(from: number, frames: number): MelFrames {
    while (this.#drawn.length < from + frames) this.#drawn.push(gaussians(this.#random, this.#bands));
    const values = new Float32Array(this.#bands * frames);
    for (let frame = 0; frame < frames; frame++) {
      const column = this.#drawn[from + frame]!;
      for (let band = 0; band < this.#bands; band++) values[band * frames + frame] = column[band]!;
    }
    return { bands: this.#bands, frames, values };
  }
}

/** Pairs of standard normal numbers by the Box-Muller transform. */
export function gaussians(random: Random, count: number): Float32Array {
  const values = new Float32Array(count);
  for (let index = 0; index < count; index += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
    const angle = 2 * Math.PI * random.next();
    values[index] = radius * Math.cos(angle);
    if (index + 1 < count) values[index + 1] = radius * Math.sin(angle);
  }
  return values;
}
