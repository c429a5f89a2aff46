import { GraphWriter } from '../onnx/graph-writer.ts';
import { openSession, Tensor, type OnnxSession, type SessionSettings } from '../onnx/session.ts';
import type { DecoderDimensions } from '../convert/model-config.ts';
import { capacityFor, keyValueNames, type KeyValueBindings, type KeyValues } from './key-value-cache.ts';

/**
 * Whether results of this provider can stay on its device. onnxruntime-node 1.30 keeps them for WebGPU alone: of all
 * devices' memory its binding knows WebGPU's, on the way in and on the way out.
 */
export function keepsResults({ provider }: Pick<SessionSettings, 'provider'>): boolean {
  return provider === 'webgpu';
}

/** Copies a cache into a longer one, on the device: float32 [1, kv head, capacity, head size] -> [.., capacity + n, ..] */
export function openGrowth(settings: SessionSettings): Promise<OnnxSession> {
  const graph = new GraphWriter('growth');
  const axes = (length: string) => [1, 'kv head', length, 'head size'];
  const cache = graph.input('cache', 'float32', axes('capacity'));
  const padding = graph.input('padding', 'int64', [8]);
  graph.output('grown', graph.add('Pad', [cache, padding]), 'float32', axes('longer'));
  const { provider, threads } = settings;
  return openSession(graph.toBytes(), { provider, threads, keptOnDevice: ['grown'] });
}

/**
 * Keys and values in the memory of a graphics card, which never cross to the processor. Every run gives new ones, and
 * the ones before are given back: what is written into tensors that are there already is lost (docs/step-audio-2.md).
 */
export class DeviceKeyValues implements KeyValues {
  readonly #dimensions: DecoderDimensions;
  readonly #growth: OnnxSession;
  #capacity = 0;
  #tensors: readonly Tensor[] = [];

  constructor(dimensions: DecoderDimensions, growth: OnnxSession) {
    this.#dimensions = dimensions;
    this.#growth = growth;
  }

  async reserve(positions: number): Promise<void> {
    const capacity = capacityFor(positions, this.#capacity, this.#dimensions.context);
    if (capacity === this.#capacity) return;
    const { layers, keyValueHeads, headSize } = this.#dimensions;
    const start = new Tensor('float32', new Float32Array(keyValueHeads * headSize), [
      1,
      keyValueHeads,
      1,
      headSize,
    ]);
    const extra = capacity - Math.max(this.#capacity, 1);
    const padding = new Tensor('int64', BigInt64Array.of(0n, 0n, 0n, 0n, 0n, 0n, BigInt(extra), 0n), [8]);
    const grown: Tensor[] = [];
    for (let index = 0; index < 2 * layers; index++) {
      const before = this.#tensors[index];
      const results = await this.#growth.run({ cache: before ?? start, padding });
      grown.push(results['grown']!);
      before?.dispose();
    }
    this.#tensors = grown;
    this.#capacity = capacity;
  }

  bindings(): KeyValueBindings {
    const names = keyValueNames(this.#dimensions);
    return {
      past: Object.fromEntries(names.map((name, index) => [`past_${name}`, this.#tensors[index]!])),
      present: Object.fromEntries(names.map((name) => [`present_${name}`, null])),
    };
  }

  take(results: Readonly<Record<string, Tensor>>): void {
    const before = this.#tensors;
    this.#tensors = keyValueNames(this.#dimensions).map((name) => results[`present_${name}`]!);
    dispose(before);
  }

  /** All of it, on the device. */
  async copy(other: KeyValues): Promise<void> {
    if (!(other instanceof DeviceKeyValues)) throw new TypeError('another kind of memory');
    const padding = new Tensor('int64', new BigInt64Array(8), [8]);
    const copies: Tensor[] = [];
    for (const cache of other.#tensors) {
      const { grown } = await this.#growth.run({ cache, padding });
      copies.push(grown!);
    }
    this.release();
    this.#tensors = copies;
    this.#capacity = other.#capacity;
  }

  release(): void {
    dispose(this.#tensors);
    this.#tensors = [];
    this.#capacity = 0;
  }
}

function dispose(tensors: readonly Tensor[]): void {
  for (const tensor of tensors) tensor.dispose();
}
