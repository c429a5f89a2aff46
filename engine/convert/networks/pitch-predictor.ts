import type { Value } from '../../onnx/graph-writer.ts';
import { elementTypes } from '../../onnx/onnx-schema.ts';
import type { NetworkWriter } from '../network-writer.ts';
import { weightNormalised } from './weight-norm.ts';

/** Indices of the convolutions in the stored sequence; an ELU follows each. */
const CONVOLUTIONS = [0, 2, 4, 6, 8] as const;
/** To the end of an axis. */
const END = Number.MAX_SAFE_INTEGER;

/**
 * Mel to the fundamental frequency of every frame, in double precision: the excitation sums the pitch over all frames
 * before and multiplies it by harmonics and samples, so that within seconds the last bits of single precision would
 * move the wave. Convolutions of doubles are products with the neighbouring frames laid side by side.
 *
 *     in   mel    float32 [1, 80, T]   50 frames/s
 *     out  pitch  float32 [1, T]       Hz; below 10 the frame has no voice
 */
export function pitchPredictor(network: NetworkWriter, mel: Value): Value {
  const predictor = network.at('f0_predictor');
  let x = wide(predictor, network.swapTimeAndChannels(mel));
  for (const index of CONVOLUTIONS) x = elu(predictor, convolution(predictor, x, `condnet.${index}`));
  const classifier = predictor.at('classifier');
  const weight = classifier.op('Transpose', [wide(classifier, classifier.weight('weight'))], {
    perm: [1, 0],
  });
  const product = classifier.op('MatMul', [x, weight]);
  const pitch = classifier.op('Add', [product, wide(classifier, classifier.weight('bias'))]);
  const perFrame = predictor.op('Abs', [predictor.op('Squeeze', [pitch, network.graph.integers(2)])]);
  return predictor.op('Cast', [perFrame], { to: elementTypes.float32 });
}

/** A weight-normalised convolution that keeps the length. x double [1, T, in] to [1, T, out] */
function convolution(predictor: NetworkWriter, x: Value, name: string): Value {
  const layer = predictor.at(name);
  const { graph } = layer;
  const { value: weight, shape } = weightNormalised(predictor, name);
  const [outputs, inputs, kernel] = shape as [number, number, number];
  const padding = (kernel - 1) / 2;
  const padded = layer.op('Pad', [x, graph.integers(0, padding, 0, 0, padding, 0)]);
  const neighbours = Array.from({ length: kernel }, (_, start) => {
    const end = start === kernel - 1 ? END : start - kernel + 1;
    return layer.op('Slice', [padded, graph.integers(start), graph.integers(end), graph.integers(1)]);
  });
  const beside = layer.op('Concat', neighbours, { axis: 2 });
  const turned = layer.op('Transpose', [weight], { perm: [2, 1, 0] });
  const matrix = layer.op('Reshape', [turned, graph.integers(kernel * inputs, outputs)]);
  const product = layer.op('MatMul', [beside, wide(layer, matrix)]);
  return layer.op('Add', [product, wide(layer, layer.weight('bias'))]);
}

/** x where it is positive, else exp(x) - 1. */
function elu(network: NetworkWriter, x: Value): Value {
  const [none, one] = [0, 1].map((number) => wide(network, network.graph.number(number)));
  const below = network.op('Exp', [network.op('Min', [x, none!])]);
  return network.sum(network.op('Max', [x, none!]), network.op('Sub', [below, one!]));
}

function wide(network: NetworkWriter, x: Value): Value {
  return network.op('Cast', [x], { to: elementTypes.float64 });
}
