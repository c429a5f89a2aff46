import type { Value } from '../../onnx/graph-writer.ts';
import type { FlowConfig } from '../flow-config.ts';
import type { NetworkWriter } from '../network-writer.ts';
import { ConformerLayer, relativePositions } from './conformer-layer.ts';

const LAYER_NORM_EPSILON = 1e-5;
const LOOKAHEAD_SLOPE = 0.01;
const LOOKAHEAD_KERNEL = 3;
const UPSAMPLING_KERNEL = 5;

/**
 * Speech tokens to the mean of the mel that the flow starts from. One graph serves a whole utterance and a stream:
 * a whole utterance has empty caches, zero columns, and `padding` = the look-ahead.
 *
 *     in   tokens              int64 [1, n]           25 tokens/s; in a stream the last ones are look-ahead
 *          padding             int64 [1]              zero frames added after the last token
 *          lookahead_columns   float32 [1, D, 2]      what the look-ahead layer saw last
 *          upsampling_columns  float32 [1, D, 4]      what the up-sampling layer saw last
 *          past_i              float32 [1, head, t, 2 * head size]   keys and values of layer i, t doubled after
 *                                                     the up-sampling
 *     out  mu                  float32 [1, 2 * m, 80] 50 frames/s, m = n + padding - look-ahead
 *          features            float32 [1, 2 * m, D]  the same before the projection to mel bands
 *          next_*, present_i   the caches for the next piece
 */
export function flowEncoder(network: NetworkWriter, config: FlowConfig): void {
  const { graph } = network;
  const encoder = network.at('encoder');
  const size = config.encoder.output_size;
  const tokens = network.op('Max', [graph.input('tokens', 'int64', [1, 'n']), graph.integer(0)]);
  const embedded = network.op('Gather', [network.weight('input_embedding.weight'), tokens]);
  const padding = graph.input('padding', 'int64', [1]);

  let x = projected(encoder, 'embed', size, embedded);
  x = lookAhead(encoder.at('pre_lookahead_layer'), config, x, padding);
  x = conformerStack(encoder, 'encoders', 0, config.encoder.num_blocks, 't', x);
  x = upsample(encoder.at('up_layer'), config, x);
  x = projected(encoder, 'up_embed', size, x);
  x = conformerStack(
    encoder,
    'up_encoders',
    config.encoder.num_blocks,
    config.encoder.num_up_blocks,
    '2t',
    x,
  );
  const features = encoder.layerNorm(x, 'after_norm', LAYER_NORM_EPSILON);
  graph.output('features', features, 'float32', [1, 'frame', size]);
  graph.output('mu', network.linear(features, 'encoder_proj'), 'float32', [1, 'frame', config.output_size]);
}

/** A linear layer and a norm, scaled by the root of the width. */
function projected(encoder: NetworkWriter, name: string, size: number, x: Value): Value {
  const normed = encoder.layerNorm(encoder.linear(x, `${name}.out.0`), `${name}.out.1`, LAYER_NORM_EPSILON);
  return encoder.product(normed, encoder.graph.number(Math.sqrt(size)));
}

/** Mixes the next three frames into each; what has no next frames is only looked at. */
function lookAhead(layer: NetworkWriter, config: FlowConfig, x: Value, padding: Value): Value {
  const { graph } = layer;
  const size = config.encoder.output_size;
  const reach = config.encoder.pre_lookahead_len;
  const zeroShape = layer.op('Concat', [graph.integers(1, size), padding], { axis: 0 });
  const zeros = layer.op('Expand', [graph.number(0), zeroShape]);
  const columns = layer.op('Concat', [layer.swapTimeAndChannels(x), zeros], { axis: 2 });
  const first = layer.conv1d(columns, 'conv1', { padding: 0 });
  const opened = layer.op('LeakyRelu', [first], { alpha: { float: LOOKAHEAD_SLOPE } });
  const before = graph.input('lookahead_columns', 'float32', [1, size, LOOKAHEAD_KERNEL - 1]);
  const joined = layer.op('Concat', [before, opened], { axis: 2 });
  graph.output('next_lookahead_columns', lastColumns(layer, joined, LOOKAHEAD_KERNEL - 1), 'float32', [
    1,
    size,
    LOOKAHEAD_KERNEL - 1,
  ]);
  const kept = layer.op('Slice', [columns, graph.integers(0), graph.integers(-reach), graph.integers(2)]);
  return layer.swapTimeAndChannels(layer.sum(layer.conv1d(joined, 'conv2', { padding: 0 }), kept));
}

/** Each frame twice, then a convolution that looks back. */
function upsample(layer: NetworkWriter, config: FlowConfig, x: Value): Value {
  const { graph } = layer;
  const { output_size: size, up_stride: stride } = config.encoder;
  const columns = layer.op('Unsqueeze', [layer.swapTimeAndChannels(x), graph.integers(3)]);
  const repeated = layer.op('Tile', [columns, graph.integers(1, 1, 1, stride)]);
  const doubled = layer.op('Reshape', [repeated, graph.integers(1, size, -1)]);
  const before = graph.input('upsampling_columns', 'float32', [1, size, UPSAMPLING_KERNEL - 1]);
  const joined = layer.op('Concat', [before, doubled], { axis: 2 });
  graph.output('next_upsampling_columns', lastColumns(layer, joined, UPSAMPLING_KERNEL - 1), 'float32', [
    1,
    size,
    UPSAMPLING_KERNEL - 1,
  ]);
  return layer.swapTimeAndChannels(layer.conv1d(joined, 'conv', { padding: 0 }));
}

function conformerStack(
  encoder: NetworkWriter,
  name: string,
  firstCache: number,
  count: number,
  cacheLength: string,
  input: Value,
): Value {
  const { graph } = encoder;
  let x = input;
  let positions: Value | undefined;
  for (let index = 0; index < count; index++) {
    const layer = new ConformerLayer(encoder.at(`${name}.${index}`));
    const shape = (length: string) => [1, layer.heads, length, 2 * layer.headSize];
    const past = graph.input(`past_${firstCache + index}`, 'float32', shape(cacheLength));
    positions ??= relativePositions(encoder.at(name), x, past);
    const { output, present } = layer.run(x, past, positions);
    graph.output(`present_${firstCache + index}`, present, 'float32', shape(`${cacheLength} + new`));
    x = output;
  }
  return x;
}

function lastColumns(layer: NetworkWriter, columns: Value, count: number): Value {
  const { graph } = layer;
  return layer.op('Slice', [columns, graph.integers(-count), graph.integers(2 ** 31 - 1), graph.integers(2)]);
}
