import { UserError } from '../../contract/user-errors.ts';
import type { Attributes, GraphWriter, Value } from '../onnx/graph-writer.ts';
import { MICROSOFT_DOMAIN } from '../onnx/graph-writer.ts';
import type { WeightSource } from './weight-source.ts';

/**
 * Writes layers by the names that their weights have in the checkpoint: `network.at('encoder.blocks.0').linear(x,
 * 'attn.query')` reads `encoder.blocks.0.attn.query.weight` and, where there is one, `.bias`. All arithmetic is
 * float32; narrower stored weights are widened by a Cast which ONNX Runtime folds when it loads the graph.
 */
export class NetworkWriter {
  readonly graph: GraphWriter;
  readonly #weights: WeightSource;
  readonly #scope: string;

  constructor(graph: GraphWriter, weights: WeightSource, scope = '') {
    this.graph = graph;
    this.#weights = weights;
    this.#scope = scope;
  }

  at(name: string): NetworkWriter {
    return new NetworkWriter(this.graph, this.#weights, this.name(name));
  }

  has(name: string): boolean {
    return this.#weights.find(this.name(name)) !== undefined;
  }

  shape(name: string): readonly number[] {
    return this.#tensor(name).shape;
  }

  /** A stored tensor as float32. */
  weight(name: string): Value {
    const tensor = this.#tensor(name);
    const stored = this.graph.external(tensor.name, tensor.type, tensor.shape, tensor.bytes);
    return tensor.type === 'float32' ? stored : this.graph.add('Cast', [stored], { to: 1 }, tensor.name);
  }

  /** x [.., in] times weight [out, in], plus the bias when the checkpoint has one. */
  linear(x: Value, name: string): Value {
    const weight = this.op('Transpose', [this.weight(`${name}.weight`)], { perm: [1, 0] });
    const product = this.at(name).op('MatMul', [x, weight]);
    return this.has(`${name}.bias`)
      ? this.at(name).op('Add', [product, this.weight(`${name}.bias`)])
      : product;
  }

  layerNorm(x: Value, name: string, epsilon: number): Value {
    const [scale, shift] = [this.weight(`${name}.weight`), this.weight(`${name}.bias`)];
    return this.at(name).op('LayerNormalization', [x, scale, shift], {
      axis: -1,
      epsilon: { float: epsilon },
    });
  }

  /** Convolution over time, x [batch, channel, time]. */
  conv1d(x: Value, name: string, options: { stride?: number; padding: number; groups?: number }): Value {
    return this.at(name).op('Conv', [x, this.weight(`${name}.weight`), this.weight(`${name}.bias`)], {
      strides: [options.stride ?? 1],
      pads: [options.padding, options.padding],
      group: options.groups ?? 1,
    });
  }

  /** The exact form with erf. */
  gelu(x: Value): Value {
    return this.op('Gelu', [x]);
  }

  sum(a: Value, b: Value): Value {
    return this.op('Add', [a, b]);
  }

  product(a: Value, b: Value): Value {
    return this.op('Mul', [a, b]);
  }

  /** [batch, channel, time] to [batch, time, channel] and back. */
  swapTimeAndChannels(x: Value): Value {
    return this.op('Transpose', [x], { perm: [0, 2, 1] });
  }

  op(operator: string, inputs: readonly (Value | null)[], attributes: Attributes = {}): Value {
    return this.graph.add(operator, inputs, attributes, this.#scope);
  }

  /** An operator of ONNX Runtime's own; an empty result name means that the result is not wanted. */
  microsoft(
    operator: string,
    inputs: readonly (Value | null)[],
    results: readonly string[],
    attributes: Attributes,
  ): Value[] {
    const names = results.map((name) => (name === '' ? '' : this.name(name)));
    return this.graph.addWithOutputs(operator, inputs, names, attributes, MICROSOFT_DOMAIN);
  }

  /** The full name of a tensor or value of this part. */
  name(name: string): string {
    return this.#scope === '' ? name : `${this.#scope}.${name}`;
  }

  #tensor(name: string) {
    const tensor = this.#weights.find(this.name(name));
    if (!tensor)
      throw new UserError('model-incompatible', { tensor: this.name(name), reason: 'missing tensor' });
    return tensor;
  }
}
