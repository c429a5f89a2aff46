import type { Value } from '../../onnx/graph-writer.ts';
import type { NetworkWriter } from '../network-writer.ts';
import { weightNormalised, weightNormalisedShape } from './weight-norm.ts';

const SLOPE = 0.1;
const LAST_SLOPE = 0.01;
/** Each spectrum frame starts this share of its length after the one before. */
const HOPS_PER_WINDOW = 4;
const LARGEST_MAGNITUDE = 100;
const LIMIT = 0.99;
const SNAKE_EPSILON = 1e-9;

/**
 * Mel and excitation to sound: the network draws a short-time spectrum, which is turned into samples.
 *
 *     in   mel     float32 [1, 80, T]      50 frames/s
 *          source  float32 [1, 1, 480 T]   24 kHz
 *     out  wave    float32 [1, 480 T]      24 kHz, within +-0.99
 */
export function hiftVocoder(network: NetworkWriter, mel: Value, source: Value): Value {
  const sizes = sizesOf(network);
  const spectrum = sourceSpectrum(network, source, sizes);
  let x = convolution(network, mel, 'conv_pre');
  sizes.rates.forEach((rate, stage) => {
    x = upsampled(network, leaky(network, x, SLOPE), stage, rate);
    if (stage === sizes.rates.length - 1)
      x = network.op('Pad', [x, network.graph.integers(0, 0, 1, 0, 0, 0)], { mode: 'reflect' });
    x = network.sum(x, sourceBranch(network, spectrum, stage, sizes));
    x = averageOfResblocks(network, x, stage, sizes.resblocksPerStage);
  });
  const drawn = convolution(network, leaky(network, x, LAST_SLOPE), 'conv_post');
  return inverseFourier(network, drawn, sizes);
}

interface VocoderSizes {
  /** How much each stage stretches time; multiplied, times the hop: 480 samples a mel frame. */
  readonly rates: readonly number[];
  readonly resblocksPerStage: number;
  readonly fourierSize: number;
  readonly hop: number;
}

/** The checkpoint has no configuration for the vocoder: its tensors tell. A kernel is twice its rate, or one more. */
function sizesOf(network: NetworkWriter): VocoderSizes {
  const stages = countOf((index) => network.has(`ups.${index}.bias`));
  const resblocks = countOf((index) => network.has(`resblocks.${index}.convs1.0.bias`));
  const rates = Array.from({ length: stages }, (_, stage) =>
    Math.floor(weightNormalisedShape(network, `ups.${stage}`)[2]! / 2),
  );
  const fourierSize = network.shape('conv_post.bias')[0]! - 2;
  return { rates, resblocksPerStage: resblocks / stages, fourierSize, hop: fourierSize / HOPS_PER_WINDOW };
}

function countOf(exists: (index: number) => boolean): number {
  let count = 0;
  while (exists(count)) count++;
  return count;
}

function upsampled(network: NetworkWriter, x: Value, stage: number, rate: number): Value {
  const name = `ups.${stage}`;
  const weight = weightNormalised(network, name);
  const padding = (weight.shape[2]! - rate) / 2;
  const inputs = [x, weight.value, network.weight(`${name}.bias`)];
  return network.op('ConvTranspose', inputs, { strides: [rate], pads: [padding, padding] });
}

/** The excitation's spectrum, brought to the stage's rate; its empty channels meet zeros. */
function sourceBranch(
  network: NetworkWriter,
  spectrum: Value,
  stage: number,
  { rates, fourierSize }: VocoderSizes,
): Value {
  const { graph } = network;
  const name = `source_downs.${stage}`;
  const stride = rates.slice(stage + 1).reduce((product, rate) => product * rate, 1);
  const padding = Math.floor(stride / 2);
  const missing = spectrumChannels(fourierSize) - (fourierSize + 2);
  const weight = network.op('Pad', [
    network.weight(`${name}.weight`),
    graph.integers(0, 0, 0, 0, missing, 0),
  ]);
  const inputs = [spectrum, weight, network.weight(`${name}.bias`)];
  const down = network.op('Conv', inputs, { strides: [stride], pads: [padding, padding] });
  return resblock(network.at(`source_resblocks.${stage}`), down);
}

/**
 * Real and imaginary parts, filled up with empty channels to a multiple of four: on WebGPU, ONNX Runtime 1.30
 * computes convolutions over another number of channels wrongly.
 */
function spectrumChannels(fourierSize: number): number {
  return 4 * Math.ceil((fourierSize + 2) / 4);
}

function averageOfResblocks(network: NetworkWriter, x: Value, stage: number, count: number): Value {
  const blocks = Array.from({ length: count }, (_, index) =>
    resblock(network.at(`resblocks.${stage * count + index}`), x),
  );
  return network.op('Mean', blocks);
}

/** Pairs of convolutions, the first of each reaching further: dilations 1, 3, 5 and so on. */
function resblock(block: NetworkWriter, input: Value): Value {
  let x = input;
  for (let index = 0; block.has(`convs1.${index}.bias`); index++) {
    const dilation = 2 * index + 1;
    const first = convolution(block, snake(block, x, `activations1.${index}`), `convs1.${index}`, dilation);
    const second = convolution(block, snake(block, first, `activations2.${index}`), `convs2.${index}`);
    x = block.sum(x, second);
  }
  return x;
}

/** A weight-normalised convolution that keeps the length. */
function convolution(network: NetworkWriter, x: Value, name: string, dilation = 1): Value {
  const weight = weightNormalised(network, name);
  const padding = ((weight.shape[2]! - 1) * dilation) / 2;
  const inputs = [x, weight.value, network.weight(`${name}.bias`)];
  return network.op('Conv', inputs, { pads: [padding, padding], dilations: [dilation] });
}

/** x + sin(alpha x)^2 / alpha, one alpha a channel. */
function snake(block: NetworkWriter, x: Value, name: string): Value {
  const { graph } = block;
  const alpha = block.op('Unsqueeze', [block.weight(`${name}.alpha`), graph.integers(1)]);
  const wave = block.op('Sin', [block.product(x, alpha)]);
  const share = block.op('Div', [block.product(wave, wave), block.sum(alpha, graph.number(SNAKE_EPSILON))]);
  return block.sum(x, share);
}

function leaky(network: NetworkWriter, x: Value, slope: number): Value {
  return network.op('LeakyRelu', [x], { alpha: { float: slope } });
}

/** Short-time Fourier transform as a convolution: real parts, imaginary parts, emptiness. [1, 20, 120 T + 1] */
function sourceSpectrum(network: NetworkWriter, source: Value, { fourierSize, hop }: VocoderSizes): Value {
  const { graph } = network;
  const half = fourierSize / 2;
  const padded = network.op('Pad', [source, graph.integers(0, 0, half, 0, 0, half)], { mode: 'reflect' });
  const window = hann(fourierSize);
  const rows = fourierRows(fourierSize, (bin, n) => {
    const angle = (2 * Math.PI * bin * n) / fourierSize;
    return { real: window[n]! * Math.cos(angle), imaginary: -window[n]! * Math.sin(angle) };
  });
  const channels = spectrumChannels(fourierSize);
  const filled = new Float32Array(channels * fourierSize);
  filled.set(rows);
  const filters = graph.constant('Fourier rows', filled, [channels, 1, fourierSize]);
  return network.op('Conv', [padded, filters], { strides: [hop] });
}

/**
 * Log-magnitudes and phases to samples: each frame's inverse transform, windowed, added where frames overlap and
 * divided by the sum of the squared windows there.
 */
function inverseFourier(network: NetworkWriter, drawn: Value, { fourierSize, hop }: VocoderSizes): Value {
  const { graph } = network;
  const bins = fourierSize / 2 + 1;
  const part = (from: number, to: number) =>
    network.op('Slice', [drawn, graph.integers(from), graph.integers(to), graph.integers(1)]);
  const magnitude = network.op('Min', [network.op('Exp', [part(0, bins)]), graph.number(LARGEST_MAGNITUDE)]);
  const phase = network.op('Sin', [part(bins, 2 * bins)]);
  const spectrum = network.op(
    'Concat',
    ['Cos', 'Sin'].map((wave) => network.product(magnitude, network.op(wave, [phase]))),
    { axis: 1 },
  );
  const window = hann(fourierSize);
  const rows = fourierRows(fourierSize, (bin, n) => {
    const angle = (2 * Math.PI * bin * n) / fourierSize;
    const share = (bin === 0 || bin === bins - 1 ? 1 : 2) / fourierSize;
    return { real: share * window[n]! * Math.cos(angle), imaginary: -share * window[n]! * Math.sin(angle) };
  });
  const synthesis = graph.constant('inverse Fourier rows', rows, [fourierSize + 2, 1, fourierSize]);
  const overlap = { strides: [hop], pads: [fourierSize / 2, fourierSize / 2] };
  const samples = network.op('ConvTranspose', [spectrum, synthesis], overlap);
  const squares = graph.constant(
    'squared window',
    Float32Array.from(window, (value) => value * value),
    [1, 1, fourierSize],
  );
  const ones = network.sum(network.product(part(0, 1), graph.number(0)), graph.number(1));
  const envelope = network.op('ConvTranspose', [ones, squares], overlap);
  const wave = network.op('Squeeze', [network.op('Div', [samples, envelope]), graph.integers(1)]);
  return network.op('Clip', [wave, graph.number(-LIMIT), graph.number(LIMIT)]);
}

function fourierRows(
  fourierSize: number,
  entry: (bin: number, n: number) => { real: number; imaginary: number },
): Float32Array {
  const bins = fourierSize / 2 + 1;
  const rows = new Float32Array(2 * bins * fourierSize);
  for (let bin = 0; bin < bins; bin++) {
    for (let n = 0; n < fourierSize; n++) {
      const { real, imaginary } = entry(bin, n);
      rows[bin * fourierSize + n] = real;
      rows[(bins + bin) * fourierSize + n] = imaginary;
    }
  }
  return rows;
}

/** The periodic window. */
function hann(size: number): number[] {
  return Array.from({ length: size }, (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / size));
}
