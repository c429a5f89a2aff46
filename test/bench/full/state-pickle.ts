import { statePickle as pickledState, tensorPickle } from '../../engine/convert/torch-file.ts';
import type { Shapes } from './official-shapes.ts';

/** The pickle of a state dictionary whose tensor number i fills storage number i. */
export function statePickle(shapes: Shapes): Uint8Array {
  const tensors = shapes.map(([name, shape], index) => {
    const strides = shape.map((_, axis) =>
      shape.slice(axis + 1).reduce((product, size) => product * size, 1),
    );
    return [name, tensorPickle({ key: String(index), shape: [...shape], strides })] as const;
  });
  return pickledState(Object.fromEntries(tensors));
}
