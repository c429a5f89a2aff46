import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { UserError } from '../../../contract/user-errors.ts';
import { externalLocations, externalLocationsOf } from '../../../engine/onnx/external-locations.ts';
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

describe('file names deep inside a graph', () => {
  const field = (number: number, content: Uint8Array | string): Uint8Array => {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const tag = number * 8 + 2;
    const prefix = tag < 128 ? [tag] : [(tag & 127) | 128, tag >> 7];
    return Uint8Array.of(...prefix, bytes.length, ...bytes);
  };
  const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));
  const tensor = field(13, joined(field(1, 'location'), field(2, '../outside')));
  const inAttribute = field(5, field(5, tensor));

  test.each([
    ['a sparse tensor', field(7, field(15, field(1, tensor)))],
    ['a subgraph', field(7, field(1, field(5, field(6, field(5, tensor)))))],
    ['a function', joined(field(7, new Uint8Array()), field(25, field(7, inAttribute)))],
    ['training', joined(field(7, new Uint8Array()), field(20, field(1, field(5, tensor))))],
  ])('are found in %s', (_where, model) => {
    expect(() => externalLocations(model, 'a.onnx')).toThrow(UserError);
  });

  test('are read from a file as from memory', () => {
    const file = join(folder, 'graph.onnx');
    writeFileSync(file, affine('parts/weights.bin').toBytes());
    expect([...externalLocationsOf(file)]).toEqual(['parts/weights.bin']);
  });
});
