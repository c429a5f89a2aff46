import type { Value } from '../../onnx/graph-writer.ts';
import type { NetworkWriter } from '../network-writer.ts';
import { singleExponential } from '../single-exponential.ts';

const LAYER_NORM_EPSILON = 1e-12;
const LONGEST_WAVE = 10_000;

/**
 * Attention with relative positions, then feed-forward; each after a norm and added to what it read.
 *
 *     in   x          float32 [1, n, D]
 *          past       float32 [1, head, t, 2 * head size]   keys and values of the frames before
 *          positions  float32 [1, t + 2n - 1, D]            see relativePositions
 *     out  output     float32 [1, n, D], present: past with the new frames behind
 */
export class ConformerLayer {
  readonly heads: number;
  readonly headSize: number;
  readonly #layer: NetworkWriter;

  constructor(layer: NetworkWriter) {
    const [heads, headSize] = layer.shape('self_attn.pos_bias_u');
    this.heads = heads!;
    this.headSize = headSize!;
    this.#layer = layer;
  }

  run(input: Value, past: Value, positions: Value): { output: Value; present: Value } {
    const layer = this.#layer;
    const normed = layer.layerNorm(input, 'norm_mha', LAYER_NORM_EPSILON);
    const { mixed, present } = this.#attend(layer.at('self_attn'), normed, past, positions);
    const x = layer.sum(input, mixed);
    const hidden = layer.linear(layer.layerNorm(x, 'norm_ff', LAYER_NORM_EPSILON), 'feed_forward.w_1');
    const opened = layer.product(hidden, layer.op('Sigmoid', [hidden]));
    return { output: layer.sum(x, layer.linear(opened, 'feed_forward.w_2')), present };
  }

  #attend(
    attention: NetworkWriter,
    x: Value,
    past: Value,
    positions: Value,
  ): { mixed: Value; present: Value } {
    const { graph } = attention;
    const query = this.#byHead(attention, attention.linear(x, 'linear_q'));
    const fresh = attention.op(
      'Concat',
      ['linear_k', 'linear_v'].map((name) => this.#headsFirst(attention, attention.linear(x, name))),
      { axis: 3 },
    );
    const present = attention.op('Concat', [past, fresh], { axis: 2 });
    const [key, value] = graph.addWithOutputs(
      'Split',
      [present],
      [attention.name('keys'), attention.name('values')],
      { axis: 3, num_outputs: 2 },
      '',
    );
    const place = this.#headsFirst(attention, attention.linear(positions, 'linear_pos'));
    const byContent = this.#scores(attention, query, 'pos_bias_u', key!);
    const byPlace = this.#shifted(attention, this.#scores(attention, query, 'pos_bias_v', place), x, key!);
    const scale = graph.number(1 / Math.sqrt(this.headSize));
    const scores = attention.product(attention.sum(byContent, byPlace), scale);
    const weights = attention.op('Softmax', [scores], { axis: -1 });
    const mixed = attention.op('Transpose', [attention.op('MatMul', [weights, value!])], {
      perm: [0, 2, 1, 3],
    });
    const joined = attention.op('Reshape', [mixed, graph.integers(1, -1, this.heads * this.headSize)]);
    return { mixed: attention.linear(joined, 'linear_out'), present };
  }

  /** (query + bias) times each key: [1, head, n, keys]. */
  #scores(attention: NetworkWriter, query: Value, bias: string, key: Value): Value {
    const biased = attention.op('Transpose', [attention.sum(query, attention.weight(bias))], {
      perm: [0, 2, 1, 3],
    });
    return attention.op('MatMul', [biased, attention.op('Transpose', [key], { perm: [0, 1, 3, 2] })]);
  }

  /**
   * Column r of the place scores stands for the distance (keys - 1 - r) and row i wants the distances
   * (keys - n + i) - j: entry (i, j) is column n - 1 - i + j. Reading the rows one after the other, one column wider,
   * from n - 1 on, puts it there.
   */
  #shifted(attention: NetworkWriter, scores: Value, x: Value, key: Value): Value {
    const { graph } = attention;
    const rows = attention.op('Shape', [x], { start: 1, end: 2 });
    const keys = attention.op('Shape', [key], { start: 2, end: 3 });
    const lastRow = attention.op('Sub', [rows, graph.integers(1)]);
    const width = attention.sum(keys, lastRow);
    const padded = attention.op('Pad', [scores, graph.integers(0, 0, 0, 0, 0, 0, 0, 1)]);
    const flat = attention.op('Reshape', [padded, graph.integers(1, this.heads, -1)]);
    const end = attention.sum(lastRow, attention.product(rows, width));
    const read = attention.op('Slice', [flat, lastRow, end, graph.integers(2)]);
    const shape = attention.op('Concat', [graph.integers(1, this.heads), rows, width], { axis: 0 });
    const table = attention.op('Reshape', [read, shape]);
    return attention.op('Slice', [table, graph.integers(0), keys, graph.integers(3)]);
  }

  #byHead(attention: NetworkWriter, x: Value): Value {
    return attention.op('Reshape', [x, attention.graph.integers(1, -1, this.heads, this.headSize)]);
  }

  #headsFirst(attention: NetworkWriter, x: Value): Value {
    return attention.op('Transpose', [this.#byHead(attention, x)], { perm: [0, 2, 1, 3] });
  }
}

/**
 * Waves for the distances t + n - 1 down to -(n - 1), which is all that n queries over t + n keys can meet: sine in
 * even columns, cosine in odd ones. float32 [1, t + 2n - 1, D]
 */
export function relativePositions(stack: NetworkWriter, x: Value, past: Value): Value {
  const { graph } = stack;
  const size = stack.shape('0.norm_mha.weight')[0]!;
  // Rounded as the models' own code rounds them.
  const step = Math.fround(-Math.log(LONGEST_WAVE) / size);
  const rates = Float32Array.from({ length: size / 2 }, (_, index) => singleExponential(2 * index * step));
  const length = (value: Value, axis: number) =>
    stack.op('Squeeze', [stack.op('Shape', [value], { start: axis, end: axis + 1 })]);
  const fresh = length(x, 1);
  const farthest = stack.op('Sub', [stack.sum(length(past, 2), fresh), graph.integer(1)]);
  const distances = stack.op('Range', [farthest, stack.op('Neg', [fresh]), graph.integer(-1)]);
  const column = stack.op('Unsqueeze', [stack.op('Cast', [distances], { to: 1 }), graph.integers(1)]);
  const angles = stack.product(column, graph.constant(stack.name('wave rates'), rates, [1, size / 2]));
  const pairs = ['Sin', 'Cos'].map((wave) =>
    stack.op('Unsqueeze', [stack.op(wave, [angles]), graph.integers(2)]),
  );
  return stack.op('Reshape', [stack.op('Concat', pairs, { axis: 2 }), graph.integers(1, -1, size)]);
}
