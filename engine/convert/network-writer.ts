import { UserError } from '../../contract/user-errors.ts';
import type { Attributes, GraphWriter, Value } from '../onnx/graph-writer.ts';
import { MICROSOFT_DOMAIN } from '../onnx/graph-writer.ts';
import { elementTypes } from '../onnx/onnx-schema.ts';
import { QUANTISED_BLOCK } from './block-quantiser.ts';
import type { MatrixPiece, WeightReference, WeightSource } from './weight-source.ts';

/**
 * `accuracy_level` of MatMulNBits: 4 lets the processor multiply 8-bit integers, three times as fast as float32 for
 * one row at an error of half a percent of the product, far below that of four-bit weights. Eight-bit weights
 * have no fast path but this one.
 */
const INTEGER_ARITHMETIC = 4;

/**
 * Writes layers by the names that their weights have in the checkpoint: `network.at('encoder.blocks.0').linear(x,
 * 'attn.query')` reads `encoder.blocks.0.attn.query.weight` and, where there is one, `.bias`. Values between layers are
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
    return this.#weights.shape(this.name(name)) !== undefined;
  }

  shape(name: string): readonly number[] {
    return this.#weights.shape(this.name(name)) ?? this.#missing(name);
  }

  /** A stored tensor as float32. */
  weight(name: string): Value {
    return this.#widened(this.#weights.find(this.name(name)) ?? this.#missing(name));
  }

  /** x [.., in] times weight [out, in], plus the bias when the checkpoint has one. */
  linear(x: Value, name: string): Value {
    const layer = this.at(name);
    const pieces = this.#weights.matrix(this.name(`${name}.weight`)) ?? this.#missing(`${name}.weight`);
    const products = pieces.map((piece) => this.#times(layer, x, piece));
    const product = products.length === 1 ? products[0]! : layer.op('Concat', products, { axis: -1 });
    return this.has(`${name}.bias`) ? layer.op('Add', [product, this.weight(`${name}.bias`)]) : product;
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

  #times(layer: NetworkWriter, x: Value, piece: MatrixPiece): Value {
    if (piece.kind === 'blocks') {
      const { bits, rows, columns } = piece;
      const inputs = [
        x,
        this.#stored(piece.codes),
        this.#widened(piece.scales),
        this.#stored(piece.zeroPoints),
      ];
      const sizes = { K: columns, N: rows, bits, block_size: QUANTISED_BLOCK };
      const attributes = { ...sizes, accuracy_level: INTEGER_ARITHMETIC };
      const result = [`${piece.codes.name}/MatMulNBits`];
      return this.graph.addWithOutputs('MatMulNBits', inputs, result, attributes, MICROSOFT_DOMAIN)[0]!;
    }
    if (piece.arithmetic === 'float16') {
      const narrow = layer.op('Cast', [x], { to: elementTypes.float16 });
      const weight = layer.op('Transpose', [this.#stored(piece.tensor)], { perm: [1, 0] });
      return layer.op('Cast', [layer.op('MatMul', [narrow, weight])], { to: elementTypes.float32 });
    }
    const weight = this.op('Transpose', [this.#widened(piece.tensor)], { perm: [1, 0] });
    return layer.op('MatMul', [x, weight]);
  }

  #stored(tensor: WeightReference): Value {
    return this.graph.external(tensor.name, tensor.type, tensor.shape, tensor.bytes);
  }

  #widened(tensor: WeightReference): Value {
    const stored = this.#stored(tensor);
    if (tensor.type === 'float32') return stored;
    return this.graph.add('Cast', [stored], { to: elementTypes.float32 }, tensor.name);
  }

  #missing(name: string): never {
    throw new UserError('model-incompatible', { tensor: this.name(name), reason: 'missing tensor' });
  }
}
