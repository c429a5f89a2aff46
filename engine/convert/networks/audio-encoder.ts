import type { Value } from '../../onnx/graph-writer.ts';
import type { AudioEncoderConfig } from '../model-config.ts';
import type { NetworkWriter } from '../network-writer.ts';

const LAYER_NORM_EPSILON = 1e-5;
const MASKED_SCORE = -1e10;
const OFFICIAL_STRIDES = [1, 2] as const;

/**
 * Log-mel frames to acoustic features: two convolutions, transformer blocks, pooling.
 *
 *     in   mel       float32 [1, band, T]        100 frames/s
 *          length    int64 []                    frames that count as heard (official models only)
 *     out  features  float32 [1, frame, state]   100 / (strides and pooling) frames/s
 *
 * Official models mask attention keys past `length`; models that name their own strides take one whole piece.
 */
export function audioEncoder(network: NetworkWriter, config: AudioEncoderConfig, mel: Value): Value {
  const encoder = network.at('encoder');
  const strides = config.conv_strides ?? OFFICIAL_STRIDES;
  const padding = (config.kernel_size - 1) / 2;
  const first = encoder.gelu(encoder.conv1d(mel, 'conv1', { stride: strides[0], padding }));
  const second = encoder.gelu(encoder.conv1d(first, 'conv2', { stride: strides[1], padding }));
  let x = addPositions(encoder, encoder.swapTimeAndChannels(second));
  const keyBias = config.conv_strides ? null : maskedKeys(encoder, mel, x);
  for (let index = 0; index < config.n_audio_layer; index++) {
    x = encoderBlock(encoder.at(`blocks.${index}`), config, x, keyBias);
  }
  return encoder.layerNorm(pool(encoder, x, config.pool_stride), 'after_norm', LAYER_NORM_EPSILON);
}

function encoderBlock(
  block: NetworkWriter,
  config: AudioEncoderConfig,
  input: Value,
  keyBias: Value | null,
): Value {
  const normed = block.layerNorm(input, 'attn_ln', LAYER_NORM_EPSILON);
  let x = block.sum(input, attention(block.at('attn'), config.n_audio_head, normed, keyBias));
  if (config.depthwise_kernel > 0) x = block.sum(x, depthwiseConvolution(block, config, x));
  const hidden = block.gelu(block.linear(block.layerNorm(x, 'mlp_ln', LAYER_NORM_EPSILON), 'mlp.0'));
  return block.sum(x, block.linear(hidden, 'mlp.2'));
}

/** Scores scaled by head size ^ -0.5 in all; keys have no bias. */
function attention(network: NetworkWriter, heads: number, x: Value, keyBias: Value | null): Value {
  const [query, key, value] = [
    network.linear(x, 'query'),
    network.linear(x, 'key'),
    network.linear(x, 'value'),
  ];
  const inputs = [query, key, value, null, null, ...(keyBias ? [keyBias] : [])];
  const [mixed] = network.microsoft('MultiHeadAttention', inputs, ['mixed'], { num_heads: heads });
  return network.linear(mixed!, 'out');
}

function depthwiseConvolution(block: NetworkWriter, config: AudioEncoderConfig, x: Value): Value {
  const normed = block.swapTimeAndChannels(block.layerNorm(x, 'conv_ln', LAYER_NORM_EPSILON));
  const padding = (config.depthwise_kernel - 1) / 2;
  const mixed = block.conv1d(normed, 'conv', { padding, groups: config.n_audio_state });
  return block.swapTimeAndChannels(mixed);
}

/** Adds the first rows of the stored table. */
function addPositions(encoder: NetworkWriter, x: Value): Value {
  const { graph } = encoder;
  const frames = encoder.op('Shape', [x], { start: 1, end: 2 });
  const table = encoder.weight('positional_embedding.weight');
  return encoder.sum(x, encoder.op('Slice', [table, graph.integers(0), frames, graph.integers(0)]));
}

/**
 * An additive bias [1, 1, frame, frame] that removes keys past `length`. After the second convolution a key stands
 * for the mel frame at (T + 1) mod 2 plus twice its index.
 */
function maskedKeys(encoder: NetworkWriter, mel: Value, x: Value): Value {
  const { graph } = encoder;
  const length = graph.input('length', 'int64', []);
  const melFrames = encoder.op('Squeeze', [encoder.op('Shape', [mel], { start: 2, end: 3 })]);
  const first = encoder.op('Mod', [encoder.sum(melFrames, graph.integer(1)), graph.integer(2)]);
  const positions = encoder.op('Range', [first, melFrames, graph.integer(2)]);
  const heard = encoder.op('Less', [positions, length]);
  const bias = encoder.op('Where', [heard, graph.number(0), graph.number(MASKED_SCORE)]);
  const frames = encoder.op('Shape', [x], { start: 1, end: 2 });
  const shape = encoder.op('Concat', [graph.integers(1, 1), frames, frames], { axis: 0 });
  return encoder.op('Expand', [bias, shape]);
}

/** Averages `stride` frames into one; what does not fill a window is dropped. */
function pool(encoder: NetworkWriter, x: Value, stride: number): Value {
  if (stride === 1) return x;
  const pooled = encoder.op('AveragePool', [encoder.swapTimeAndChannels(x)], {
    kernel_shape: [stride],
    strides: [stride],
  });
  return encoder.swapTimeAndChannels(pooled);
}
