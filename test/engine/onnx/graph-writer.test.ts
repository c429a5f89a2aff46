import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { UserError } from '../../../contract/user-errors.ts';
import { externalLocations } from '../../../engine/onnx/external-locations.ts';
import { GraphWriter } from '../../../engine/onnx/graph-writer.ts';
import { openSession, Tensor } from '../../../engine/onnx/session.ts';
import { processor, scratchFolder } from '../tiny-model.ts';

const { folder, dispose } = scratchFolder();
afterAll(dispose);

/** x [1, n] times a stored half-precision matrix, plus a constant. */
function affine(location: string): GraphWriter {
  const graph = new GraphWriter('affine');
  const x = graph.input('x', 'float32', [1, 2]);
  const stored = graph.external('matrix', 'float16', [2, 3], { location, offset: 6, length: 12 });
  const matrix = graph.add('Cast', [stored], { to: 1 });
  const shift = graph.constant('shift', Float32Array.of(1, 2, 3), [3]);
  graph.output('y', graph.add('Add', [graph.add('MatMul', [x, matrix]), shift]), 'float32', [1, 3]);
  return graph;
}

test('a written graph runs, with weights taken from another file at an odd place', async () => {
  const half = Uint16Array.of(9, 9, 9, 0x3c00, 0x4000, 0x4200, 0x4400, 0x4500, 0x4600);
  writeFileSync(join(folder, 'weights.bin'), new Uint8Array(half.buffer));
  writeFileSync(join(folder, 'affine.onnx'), affine('weights.bin').toBytes());
  const session = await openSession(join(folder, 'affine.onnx'), processor);
  const { y } = await session.run({ x: new Tensor('float32', Float32Array.of(1, 10), [1, 2]) });
  await session.release();
  expect(Array.from(y!.data as Float32Array)).toEqual([1 + 40 + 1, 2 + 50 + 2, 3 + 60 + 3]);
});

test('the same calls give the same bytes', () => {
  expect(affine('weights.bin').toBytes()).toEqual(affine('weights.bin').toBytes());
});

test('attributes keep their kinds: a cast to a wrapped number and lists of whole numbers run', async () => {
  const graph = new GraphWriter('kinds');
  const x = graph.input('x', 'float32', ['n', 4]);
  const swapped = graph.add('Transpose', [x], { perm: [1, 0] });
  const soft = graph.add('LeakyRelu', [swapped], { alpha: { float: 0.5 } });
  graph.output('y', graph.add('Softmax', [soft], { axis: -1 }), 'float32', [4, 'n']);
  const session = await openSession(graph.toBytes(), processor);
  const { y } = await session.run({ x: new Tensor('float32', Float32Array.of(-2, 0, 0, 0), [1, 4]) });
  await session.release();
  expect(y!.dims).toEqual([4, 1]);
});

test('the files that a graph takes tensors from can be read back', () => {
  expect([...externalLocations(affine('parts/weights.bin').toBytes(), 'a.onnx')]).toEqual([
    'parts/weights.bin',
  ]);
});

test.each(['/etc/passwd', '../weights.bin', 'a/../../b', 'C:\\weights.bin', '\\\\server\\share', 'a\\..\\b'])(
  'a graph that points to %s is refused',
  (location) => {
    expect(() => externalLocations(affine(location).toBytes(), 'a.onnx')).toThrow(UserError);
  },
);

test('bytes that are no graph are refused', () => {
  expect(() => externalLocations(new TextEncoder().encode('<html>'), 'a.onnx')).toThrow(UserError);
  expect(() => externalLocations(new Uint8Array(), 'a.onnx')).toThrow(UserError);
});
