import type { Value } from '../../onnx/graph-writer.ts';
import type { AudioEncoderConfig } from '../model-config.ts';
import type { NetworkWriter } from '../network-writer.ts';

/**
 * Acoustic features to rows that stand for tokens of the decoder.
 *
 *     in   features          float32 [1, frame, state]       25 frames/s
 *     out  audio_embeddings  float32 [1, row, hidden]        12.5 rows/s, row = floor((frame - 1) / 2) + 1
 */
export function audioAdaptor(network: NetworkWriter, config: AudioEncoderConfig, features: Value): Value {
  const adapter = network.at('adapter');
  const options = { stride: config.adapter_stride, padding: (config.kernel_size - 1) / 2 };
  const convolved = adapter.gelu(adapter.conv1d(adapter.swapTimeAndChannels(features), 'conv', options));
  const widened = adapter.op('Relu', [adapter.linear(adapter.swapTimeAndChannels(convolved), 'linear1')]);
  return adapter.linear(widened, 'linear2');
}
