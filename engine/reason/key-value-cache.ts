import { Tensor } from 'onnxruntime-node';
import type { DecoderDimensions } from '../convert/model-config.ts';

const FIRST_CAPACITY = 512;

/**
 * What the decoder remembers of the positions before: keys and values of every layer,
 * float32 [1, kv head, capacity, head size]. A run reads and writes the same tensors, so nothing is copied; positions
 * past the present one are leftovers that the next run overwrites.
 */
export class KeyValueCache {
  readonly #dimensions: DecoderDimensions;
  #capacity = 0;
  #tensors: readonly Tensor[] = [];

  constructor(dimensions: DecoderDimensions) {
    this.#dimensions = dimensions;
  }

  /** Makes room for so many positions, keeping the first `kept`. Doubles, up to the model's context. */
  reserve(positions: number, kept: number): void {
    if (positions <= this.#capacity) return;
    const { layers, keyValueHeads, headSize, context } = this.#dimensions;
    let capacity = Math.max(this.#capacity, FIRST_CAPACITY);
    while (capacity < positions) capacity *= 2;
    capacity = Math.min(capacity, context);
    const before = this.#tensors;
    const shape = [1, keyValueHeads, capacity, headSize];
    this.#tensors = Array.from({ length: 2 * layers }, (_, index) => {
      const values = new Float32Array(keyValueHeads * capacity * headSize);
      if (before[index]) this.#copyHeads(before[index].data as Float32Array, values, capacity, kept);
      return new Tensor('float32', values, shape);
    });
    this.#capacity = capacity;
  }

  /** Feeds named `past_*` and pre-allocated results named `present_*` that are the same tensors. */
  bindings(): { past: Record<string, Tensor>; present: Record<string, Tensor> } {
    const past: Record<string, Tensor> = {};
    const present: Record<string, Tensor> = {};
    this.#tensors.forEach((tensor, index) => {
      const name = `${index % 2 === 0 ? 'key' : 'value'}_${Math.floor(index / 2)}`;
      past[`past_${name}`] = tensor;
      present[`present_${name}`] = tensor;
    });
    return { past, present };
  }

  #copyHeads(from: Float32Array, to: Float32Array, capacity: number, kept: number): void {
    const { keyValueHeads, headSize } = this.#dimensions;
    for (let head = 0; head < keyValueHeads; head++) {
      const start = head * this.#capacity * headSize;
      to.set(from.subarray(start, start + kept * headSize), head * capacity * headSize);
    }
  }
}
