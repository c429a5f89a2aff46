import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { UserError } from '../../../contract/user-errors.ts';
import { GraphWriter } from '../../../engine/onnx/graph-writer.ts';
import { openSession, Tensor } from '../../../engine/onnx/session.ts';
import { threadCount } from '../../../engine/onnx/threads.ts';

const settings = { provider: 'cpu', threads: 1 } as const;

function doubling(): Uint8Array {
  const graph = new GraphWriter('doubling');
  const input = graph.input('x', 'float32', ['n']);
  graph.output('twice', graph.add('Add', [input, input]), 'float32', ['n']);
  graph.output('square', graph.add('Mul', [input, input]), 'float32', ['n']);
  return graph.toBytes();
}

const x = new Tensor('float32', Float32Array.of(1, 2, 3), [3]);

test('a graph runs from bytes and gives all its outputs', async () => {
  const session = await openSession(doubling(), settings);
  expect([session.inputNames, session.outputNames]).toEqual([['x'], ['twice', 'square']]);
  const { twice, square } = await session.run({ x });
  expect([...(twice!.data as Float32Array)]).toEqual([2, 4, 6]);
  expect([...(square!.data as Float32Array)]).toEqual([1, 4, 9]);
  await session.release();
  await session.release();
});

test('only the outputs asked for are computed, into a given tensor when there is one', async () => {
  const session = await openSession(doubling(), settings);
  const place = new Tensor('float32', new Float32Array(3), [3]);
  expect(Object.keys(await session.run({ x }, { twice: place }))).toEqual(['twice']);
  expect([...(place.data as Float32Array)]).toEqual([2, 4, 6]);
  await session.release();
});

test('a file with external data beside it is opened by its path', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-session-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'weights.bin'), new Uint8Array(Float32Array.of(10, 20, 30).buffer));
  const graph = new GraphWriter('external');
  const input = graph.input('x', 'float32', [3]);
  const weight = graph.external('w', 'float32', [3], { location: 'weights.bin', offset: 0, length: 12 });
  graph.output('sum', graph.add('Add', [input, weight]), 'float32', [3]);
  writeFileSync(join(folder, 'graph.onnx'), graph.toBytes());
  const session = await openSession(join(folder, 'graph.onnx'), settings);
  const { sum } = await session.run({ x });
  expect([...(sum!.data as Float32Array)]).toEqual([11, 22, 33]);
  await session.release();
});

test('a missing file is named, and a damaged one too', async () => {
  await expect(openSession('/nowhere/graph.onnx', settings)).rejects.toMatchObject({
    code: 'model-missing',
    details: { path: '/nowhere/graph.onnx' },
  });
  const failure = await openSession(Uint8Array.of(1, 2, 3), settings).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(UserError);
  expect(failure).toMatchObject({ code: 'model-damaged' });
});

test('other events are handled between two runs', async () => {
  const session = await openSession(doubling(), settings);
  let handled = 0;
  const timer = setInterval(() => (handled += 1), 0);
  for (let i = 0; i < 2000 && handled < 3; i += 1) await session.run({ x });
  clearInterval(timer);
  expect(handled).toBeGreaterThanOrEqual(3);
  await session.release();
});

test('one core is left free, and a wish is kept within the machine', () => {
  expect([threadCount(0, 1), threadCount(0, 2), threadCount(0, 6), threadCount(0, 64)]).toEqual([1, 1, 5, 8]);
  expect([threadCount(3, 8), threadCount(12, 8)]).toEqual([3, 8]);
});
