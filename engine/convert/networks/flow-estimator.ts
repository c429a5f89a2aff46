import type { Value } from '../../onnx/graph-writer.ts';
import type { FlowConfig } from '../flow-config.ts';
import type { NetworkWriter } from '../network-writer.ts';
import { singleExponential } from '../single-exponential.ts';

const NORM_EPSILON = 1e-6;
const AFFINE_NORM_EPSILON = 1e-5;
const TIME_SCALE = 1000;
const LONGEST_PERIOD = 10_000;
const CONVOLUTION_KERNEL = 3;

/**
 * The velocity of the flow at one time: a transformer over frames, for the guided and the unguided branch at once.
 * A whole utterance has empty keys and zero columns; a stream passes the caches of the same step on.
 *
 *     in   x          float32 [1, 80, T]       the mel so far
 *          mu         float32 [1, T, 80]       from the flow encoder
 *          speaker    float32 [1, 80]          from the speaker projection
 *          condition  float32 [1, 80, T]       the prompt's mel in its frames, zero elsewhere
 *          time       float32 [1]              0..1
 *          columns_i  float32 [2, 2 * hidden, 2]            last inputs of block i's two convolutions
 *          past_i     float32 [2, head, t, 2 * head size]   keys and values, newest first
 *     out  velocity   float32 [2, 80, T]       row 0 guided, row 1 with mu, speaker and condition zero
 *          next_columns_i, present_i           the caches for the next piece
 */
export function flowEstimator(network: NetworkWriter, config: FlowConfig): void {
  const { graph } = network;
  const estimator = network.at('decoder.estimator');
  const sizes = config.decoder.estimator;
  const bands = sizes.out_channels;
  const time = timeEmbedding(estimator.at('t_embedder'), graph.input('time', 'float32', [1]));
  const modulation = estimator.product(time, estimator.op('Sigmoid', [time]));

  let x = estimator.linear(bothBranches(estimator, bands), 'in_proj');
  for (let index = 0; index < sizes.depth; index++) {
    x = new EstimatorBlock(estimator.at(`blocks.${index}`), sizes, index).run(x, modulation);
  }
  const final = estimator.at('final_layer');
  const [shift, scale] = modulators(final, modulation, sizes.hidden_size, 2);
  const projected = final.linear(modulated(final, sizes.hidden_size, x, shift!, scale!), 'linear');
  graph.output('velocity', final.swapTimeAndChannels(projected), 'float32', [2, bands, 'T']);
}

/** Mel so far, mean, speaker and condition side by side; in the second branch only the first is not zero. */
function bothBranches(estimator: NetworkWriter, bands: number): Value {
  const { graph } = estimator;
  const mel = estimator.swapTimeAndChannels(graph.input('x', 'float32', [1, bands, 'T']));
  const mean = graph.input('mu', 'float32', [1, 'T', bands]);
  const speaker = estimator.op('Unsqueeze', [
    graph.input('speaker', 'float32', [1, bands]),
    graph.integers(1),
  ]);
  const everyFrame = estimator.op('Expand', [speaker, estimator.op('Shape', [mean])]);
  const condition = estimator.swapTimeAndChannels(graph.input('condition', 'float32', [1, bands, 'T']));
  const guides = estimator.op('Concat', [mean, everyFrame, condition], { axis: 2 });
  const none = estimator.product(guides, graph.number(0));
  const branches = [guides, none].map((guide) => estimator.op('Concat', [mel, guide], { axis: 2 }));
  return estimator.op('Concat', branches, { axis: 0 });
}

/**
 * Cosines, then sines, of the time at many rates; two linear layers. [1, hidden]
 * The rates are rounded as the models' own code rounds them: times a thousand, the last bit shows in the mel.
 */
function timeEmbedding(embedder: NetworkWriter, time: Value): Value {
  const { graph } = embedder;
  const half = embedder.shape('mlp.0.weight')[1]! / 2;
  const round = Math.fround;
  const slowest = round(-Math.log(LONGEST_PERIOD));
  const rates = Float32Array.from({ length: half }, (_, index) =>
    singleExponential(round(round(slowest * index) / half)),
  );
  const column = embedder.op('Unsqueeze', [
    embedder.product(time, graph.number(TIME_SCALE)),
    graph.integers(1),
  ]);
  const angles = embedder.product(column, graph.constant('time rates', rates, [1, half]));
  const waves = embedder.op('Concat', [embedder.op('Cos', [angles]), embedder.op('Sin', [angles])], {
    axis: 1,
  });
  const hidden = embedder.linear(waves, 'mlp.0');
  return embedder.linear(embedder.product(hidden, embedder.op('Sigmoid', [hidden])), 'mlp.2');
}

type EstimatorSizes = FlowConfig['decoder']['estimator'];

/** x += gate * attention; x += gate * convolution; x += gate * feed-forward, each on a modulated norm. */
class EstimatorBlock {
  readonly #block: NetworkWriter;
  readonly #sizes: EstimatorSizes;
  readonly #index: number;

  constructor(block: NetworkWriter, sizes: EstimatorSizes, index: number) {
    this.#block = block;
    this.#sizes = sizes;
    this.#index = index;
  }

  run(input: Value, modulation: Value): Value {
    const block = this.#block;
    const size = this.#sizes.hidden_size;
    const nine = modulators(block, modulation, size, 9);
    const branch = (x: Value, first: number, compute: (y: Value) => Value) => {
      const [shift, scale, gate] = nine.slice(first, first + 3);
      return block.sum(x, block.product(compute(modulated(block, size, x, shift!, scale!)), gate!));
    };
    let x = branch(input, 0, (y) => this.#attend(block.at('attn'), y));
    x = branch(x, 6, (y) => this.#convolve(block.at('conv.block'), y));
    return branch(x, 3, (y) => this.#feedForward(block.at('mlp'), y));
  }

  #attend(attention: NetworkWriter, x: Value): Value {
    const { graph } = attention;
    const { num_heads: heads, head_dim: headSize } = this.#sizes;
    const byHead = (name: string) =>
      attention.op('Reshape', [attention.linear(x, name), graph.integers(2, -1, heads, headSize)]);
    const headsFirst = (value: Value) => attention.op('Transpose', [value], { perm: [0, 2, 1, 3] });
    const query = headsFirst(attention.layerNorm(byHead('to_q'), 'q_norm', AFFINE_NORM_EPSILON));
    const key = headsFirst(attention.layerNorm(byHead('to_k'), 'k_norm', AFFINE_NORM_EPSILON));
    const fresh = attention.op('Concat', [key, headsFirst(byHead('to_v'))], { axis: 3 });
    const shape = (length: string) => [2, heads, length, 2 * headSize];
    const past = graph.input(`past_${this.#index}`, 'float32', shape('t'));
    const present = attention.op('Concat', [fresh, past], { axis: 2 });
    graph.output(`present_${this.#index}`, present, 'float32', shape('t + T'));
    const [keys, values] = graph.addWithOutputs(
      'Split',
      [present],
      [attention.name('keys'), attention.name('values')],
      { axis: 3, num_outputs: 2 },
      '',
    );
    const scaled = attention.product(query, graph.number(1 / Math.sqrt(headSize)));
    const scores = attention.op('MatMul', [
      scaled,
      attention.op('Transpose', [keys!], { perm: [0, 1, 3, 2] }),
    ]);
    const mixed = headsFirst(
      attention.op('MatMul', [attention.op('Softmax', [scores], { axis: -1 }), values!]),
    );
    const joined = attention.op('Reshape', [mixed, graph.integers(2, -1, heads * headSize)]);
    return attention.linear(joined, 'proj');
  }

  /** Two convolutions that look back, a norm over channels and Mish between them. */
  #convolve(block: NetworkWriter, x: Value): Value {
    const { graph } = block;
    const size = this.#sizes.hidden_size;
    const kept = CONVOLUTION_KERNEL - 1;
    const cache = graph.input(`columns_${this.#index}`, 'float32', [2, 2 * size, kept]);
    const [firstBefore, secondBefore] = graph.addWithOutputs(
      'Split',
      [cache],
      [block.name('first columns'), block.name('second columns')],
      { axis: 1, num_outputs: 2 },
      '',
    );
    const first = block.op('Concat', [firstBefore!, block.swapTimeAndChannels(x)], { axis: 2 });
    const mixed = block.swapTimeAndChannels(block.conv1d(first, '1', { padding: 0 }));
    const opened = block.op('Mish', [block.layerNorm(mixed, '3', AFFINE_NORM_EPSILON)]);
    const second = block.op('Concat', [secondBefore!, block.swapTimeAndChannels(opened)], { axis: 2 });
    const tails = [first, second].map((columns) =>
      block.op('Slice', [columns, graph.integers(-kept), graph.integers(2 ** 31 - 1), graph.integers(2)]),
    );
    const next = block.op('Concat', tails, { axis: 1 });
    graph.output(`next_columns_${this.#index}`, next, 'float32', [2, 2 * size, kept]);
    return block.swapTimeAndChannels(block.conv1d(second, '6', { padding: 0 }));
  }

  #feedForward(mlp: NetworkWriter, x: Value): Value {
    const opened = mlp.op('Gelu', [mlp.linear(x, 'fc1')], { approximate: 'tanh' });
    return mlp.linear(opened, 'fc2');
  }
}

/** The modulation vector in `count` parts of `size`, each [1, 1, size]. */
function modulators(layer: NetworkWriter, modulation: Value, size: number, count: number): Value[] {
  const { graph } = layer;
  const all = layer.linear(modulation, 'adaLN_modulation.1');
  const parts = layer.op('Reshape', [all, graph.integers(1, count, size)]);
  const names = Array.from({ length: count }, (_, index) => layer.name(`modulator ${index}`));
  return graph.addWithOutputs('Split', [parts], names, { axis: 1, num_outputs: count }, '');
}

/** A norm without weights of its own, stretched and shifted. */
function modulated(layer: NetworkWriter, size: number, x: Value, shift: Value, scale: Value): Value {
  const { graph } = layer;
  const ones = graph.constant('ones', new Float32Array(size).fill(1), [size]);
  const normed = layer.op('LayerNormalization', [x, ones], { axis: -1, epsilon: { float: NORM_EPSILON } });
  return layer.sum(layer.product(normed, layer.sum(scale, graph.number(1))), shift);
}
