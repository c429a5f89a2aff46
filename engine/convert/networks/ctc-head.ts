import type { Value } from '../../onnx/graph-writer.ts';
import type { NetworkWriter } from '../network-writer.ts';

/**
 * Acoustic features to log-probabilities of labels; label 0 is the blank.
 *
 *     in   features               float32 [1, frame, state]                  25 frames/s
 *     out  ctc_log_probabilities  float32 [1, frame * slots, labels]         25 * slots a second
 */
export function ctcHead(network: NetworkWriter, labels: number, features: Value): Value {
  const head = network.at('ctc');
  const logits = head.linear(head.gelu(head.linear(features, 'linear1')), 'linear2');
  const bySlot = head.op('Reshape', [logits, network.graph.integers(1, -1, labels)]);
  return head.op('LogSoftmax', [bySlot], { axis: -1 });
}
