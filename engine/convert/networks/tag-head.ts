import type { Value } from '../../onnx/graph-writer.ts';
import type { NetworkWriter } from '../network-writer.ts';

const DEVIATION_EPSILON = 1e-8;

/**
 * What the whole utterance sounds like, from the features' mean and deviation over time.
 *
 *     in   features    float32 [1, frame, state]
 *     out  tag_logits  float32 [1, values of all groups, one group after the other]
 */
export function tagHead(network: NetworkWriter, features: Value): Value {
  const head = network.at('tags');
  const { graph } = network;
  const time = graph.integers(1);
  const mean = head.op('ReduceMean', [features, time], { keepdims: 1 });
  const centred = head.op('Sub', [features, mean]);
  const variance = head.op('ReduceMean', [head.product(centred, centred), time], { keepdims: 0 });
  const deviation = head.op('Sqrt', [head.sum(variance, graph.number(DEVIATION_EPSILON))]);
  const pooled = head.op('Concat', [head.op('Squeeze', [mean, time]), deviation], { axis: -1 });
  return head.linear(head.op('Relu', [head.linear(pooled, 'linear1')]), 'linear2');
}
