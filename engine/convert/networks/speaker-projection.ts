import type { Value } from '../../onnx/graph-writer.ts';
import type { NetworkWriter } from '../network-writer.ts';

/**
 * A voice's embedding to what the flow wants to know of it.
 *
 *     in   embedding  float32 [1, 192]
 *     out  speaker    float32 [1, 80]
 */
export function speakerProjection(network: NetworkWriter, embedding: Value): Value {
  const unit = network.op('LpNormalization', [embedding], { axis: 1, p: 2 });
  return network.linear(unit, 'spk_embed_affine_layer');
}
