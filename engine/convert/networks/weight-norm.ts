import type { Value } from '../../onnx/graph-writer.ts';
import { UserError } from '../../../contract/user-errors.ts';
import type { NetworkWriter } from '../network-writer.ts';

/** How PyTorch has named a layer's length and direction, newest first. */
const FORMS = [
  ['parametrizations.weight.original0', 'parametrizations.weight.original1'],
  ['weight_g', 'weight_v'],
] as const;

/** The shape of such a weight. */
export function weightNormalisedShape(network: NetworkWriter, name: string): readonly number[] {
  const layer = network.at(name);
  return layer.shape(formOf(layer)[1]);
}

/**
 * A weight stored as length and direction: length * direction / |direction|, the norm over all axes but the first
 * (which for transposed convolutions is the input channel). ONNX Runtime folds it when it loads the graph.
 */
export function weightNormalised(
  network: NetworkWriter,
  name: string,
): { value: Value; shape: readonly number[] } {
  const layer = network.at(name);
  const [length, direction] = formOf(layer);
  const shape = layer.shape(direction);
  const stored = layer.weight(direction);
  const axes = layer.graph.integers(...shape.slice(1).map((_, index) => index + 1));
  const norm = layer.op('ReduceL2', [stored, axes], { keepdims: 1 });
  return { value: layer.op('Mul', [stored, layer.op('Div', [layer.weight(length), norm])]), shape };
}

function formOf(layer: NetworkWriter): (typeof FORMS)[number] {
  const form = FORMS.find(([length]) => layer.has(length));
  if (form) return form;
  throw new UserError('model-incompatible', { tensor: layer.name('weight'), reason: 'missing tensor' });
}
