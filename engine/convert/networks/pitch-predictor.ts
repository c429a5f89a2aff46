import type { Value } from '../../onnx/graph-writer.ts';
import type { NetworkWriter } from '../network-writer.ts';
import { weightNormalised } from './weight-norm.ts';

/** Indices of the convolutions in the stored sequence; an ELU follows each. */
const CONVOLUTIONS = [0, 2, 4, 6, 8] as const;

/**
 * Mel to the fundamental frequency of every frame.
 *
 *     in   mel    float32 [1, 80, T]   50 frames/s
 *     out  pitch  float32 [1, T]       Hz; below 10 the frame has no voice
 */
export function pitchPredictor(network: NetworkWriter, mel: Value): Value {
  const predictor = network.at('f0_predictor');
  let x = mel;
  for (const index of CONVOLUTIONS) {
    const name = `condnet.${index}`;
    const weight = weightNormalised(predictor, name);
    const padding = (weight.shape[2]! - 1) / 2;
    const inputs = [x, weight.value, predictor.weight(`${name}.bias`)];
    x = predictor.op('Elu', [predictor.op('Conv', inputs, { pads: [padding, padding] })]);
  }
  const pitch = predictor.linear(predictor.swapTimeAndChannels(x), 'classifier');
  return predictor.op('Abs', [predictor.op('Squeeze', [pitch, network.graph.integers(2)])]);
}
