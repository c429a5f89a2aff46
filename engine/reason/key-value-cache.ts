import { Tensor } from 'onnxruntime-node';
import type { DecoderDimensions } from '../convert/model-config.ts';

const FIRST_CAPACITY = 512;

/** Feeds named `past_*`, and results named `present_*`: tensors to write into, or null for new ones. */
export interface KeyValueBindings {
  readonly past: Record<string, Tensor>;
  readonly present: Record<string, Tensor | null>;
}

/**
 * What the decoder remembers of the positions before: keys and values of every layer,
 * float32 [1, kv head, capacity, head size]. Positions past the present one are leftovers that the next run overwrites.
 */
export interface KeyValues {
  /** Makes room for so many positions, keeping at least the first `kept`. */
  reserve(positions: number, kept: number): Promise<void>;
  bindings(): KeyValueBindings;
  /** What a run gave; nothing is taken of one that failed. */
  take(results: Readonly<Record<string, Tensor>>): void;
  /** Takes over positions `from` to `to` of another one of the same kind and dimensions, and keeps those before. */
  copy(other: KeyValues, from: number, to: number): Promise<void>;
  release(): void;
}

/** Doubles, up to the model's context. */
export function capacityFor(positions: number, present: number, context: number): number {
  if (positions <= present) return present;
  let capacity = Math.max(present, FIRST_CAPACITY);
  while (capacity < positions) capacity *= 2;
  return Math.min(capacity, context);
}

/** `key_0`, `value_0`, `key_1` and so on: keys and values in turn, layer by layer. */
export function keyValueNames({ layers }: Pick<DecoderDimensions, 'layers'>): string[] {
  return Array.from({ length: layers }, (_, layer) => [`key_${layer}`, `value_${layer}`]).flat();
}

/** In the processor's memory. A run reads and writes the same tensors, so nothing is copied. */
export class KeyValueCache implements KeyValues {
  readonly #dimensions: DecoderDimensions;
  #capacity = 0;
  #tensors: readonly Tensor[] = [];

  constructor(dimensions: DecoderDimensions) {
    this.#dimensions = dimensions;
  }

  async reserve(positions: number, kept: number): Promise<void> {
    const { layers, keyValueHeads, headSize, context } = this.#dimensions;
    const capacity = capacityFor(positions, this.#capacity, context);
    if (capacity === this.#capacity) return;
    const before = this.#tensors;
    const shape = [1, keyValueHeads, capacity, headSize];
    this.#tensors = Array.from({ length: 2 * layers }, (_, index) => {
      const values = new Float32Array(keyValueHeads * capacity * headSize);
      if (before[index]) this.#copyHeads(before[index].data as Float32Array, values, capacity, kept);
      return new Tensor('float32', values, shape);
    });
    this.#capacity = capacity;
  }

  bindings(): KeyValueBindings {
    const named = (prefix: string) =>
      Object.fromEntries(
        keyValueNames(this.#dimensions).map((name, index) => [`${prefix}_${name}`, this.#tensors[index]!]),
      );
    return { past: named('past'), present: named('present') };
  }

  take(): void {}

  async copy(other: KeyValues, from: number, to: number): Promise<void> {
    if (!(other instanceof KeyValueCache)) throw new TypeError('another kind of memory');
    await this.reserve(to, from);
    const { keyValueHeads, headSize } = this.#dimensions;
    for (const [index, tensor] of this.#tensors.entries()) {
      const target = tensor.data as Float32Array;
      const source = other.#tensors[index]!.data as Float32Array;
      for (let head = 0; head < keyValueHeads; head++) {
        const start = head * other.#capacity;
        const positions = source.subarray((start + from) * headSize, (start + to) * headSize);
        target.set(positions, (head * this.#capacity + from) * headSize);
      }
    }
  }

  release(): void {
    this.#tensors = [];
    this.#capacity = 0;
  }

  #copyHeads(from: Float32Array, to: Float32Array, capacity: number, kept: number): void {
    const { keyValueHeads, headSize } = this.#dimensions;
    for (let head = 0; head < keyValueHeads; head++) {
      const start = head * this.#capacity * headSize;
      to.set(from.subarray(start, start + kept * headSize), head * capacity * headSize);
    }
  }
}
