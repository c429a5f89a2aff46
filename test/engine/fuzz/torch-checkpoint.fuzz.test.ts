import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { RestrictedPickle } from '../../../engine/convert/restricted-pickle.ts';
import { openTorchCheckpoint } from '../../../engine/convert/torch-checkpoint.ts';
import { pickle, pickled, statePickle, storedZip, tensorPickle } from '../convert/torch-file.ts';
import { damaged, refusal, seeded, survives, temporaryFolder } from './damage.ts';

const { folder, dispose } = temporaryFolder();
afterAll(dispose);
const file = join(folder, 'flow.pt');
const data = new Uint8Array(36).fill(1);
const state = statePickle({
  weight: tensorPickle({ shape: [3, 3], strides: [3, 1] }),
  bias: tensorPickle({ shape: [3], strides: [1], offset: 6 }),
});
const known = new Set(['collections.OrderedDict', 'torch._utils._rebuild_tensor_v2', 'torch.FloatStorage']);

function readAll(): void {
  const checkpoint = openTorchCheckpoint(file);
  for (const name of checkpoint.tensors.keys()) checkpoint.readFloat32(name);
}
const withPickle = (bytes: Uint8Array) =>
  writeFileSync(file, storedZip({ 'flow/data.pkl': bytes, 'flow/data/0': data }));

test.each([
  ['narrow', false],
  ['wide', true],
])('a damaged zip file with %s sizes is read or refused', (_, wide) => {
  const whole = storedZip({ 'flow/data.pkl': state, 'flow/data/0': data }, { wide });
  fc.assert(
    fc.property(damaged(whole), (bytes) => {
      writeFileSync(file, bytes);
      survives(readAll);
    }),
    seeded(400),
  );
});

test('a damaged pickle is read or refused', () => {
  fc.assert(
    fc.property(damaged(state), (bytes) => {
      withPickle(bytes);
      survives(readAll);
    }),
    seeded(500),
  );
});

const INSTRUCTIONS = [...'().NJKMGX]}aesubqrhjcRQ'].map((letter) => letter.charCodeAt(0));
const instruction = fc.oneof(
  fc.constantFrom(...INSTRUCTIONS, 0x80, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a).map((code) => [code]),
  fc.constantFrom(...[...known].map((name) => pickle.global(...(splitAtLastDot(name) as [string, string])))),
  fc.nat(255).map((value) => [0x4b, value]),
  fc.nat(4).map((slot) => [0x71, slot]),
  fc.nat(4).map((slot) => [0x68, slot]),
  fc.string({ maxLength: 5 }).map(pickle.text),
);

test('any sequence of instructions ends, in data or in a refusal', () => {
  fc.assert(
    fc.property(fc.array(instruction, { maxLength: 60 }), (program) => {
      const bytes = pickled(...program);
      survives(() => new RestrictedPickle(bytes, known, 'x').read());
      withPickle(bytes);
      survives(readAll);
    }),
    seeded(600),
  );
});

test('names that could run something are refused', () => {
  for (const [module, name] of [
    ['os', 'system'],
    ['builtins', 'eval'],
    ['posix', 'system'],
    ['torch', 'load'],
    ['collections', '__class__'],
    ['', ''],
  ] as const) {
    withPickle(pickled(pickle.global(module, name), pickle.tuple(pickle.text('id')), pickle.call));
    expect(refusal(readAll)).toBe('model-incompatible');
  }
});

test('parameters inside parameters, a hundred thousand deep, are refused', () => {
  const depth = 100_000;
  const opening = pickle.global('torch._utils', '_rebuild_parameter');
  const bytes = Uint8Array.from([
    0x80,
    2,
    ...pickle.dictionary,
    ...pickle.text('weight'),
    ...opening,
    0x71,
    0,
    0x30,
    0x2e,
  ]);
  withPickle(bytes);
  expect(refusal(readAll)).toBe('model-incompatible');
  const nested = [
    [0x80, 2],
    pickle.dictionary,
    pickle.text('weight'),
    opening,
    [0x71, 0],
    ...Array.from({ length: depth }, () => [0x68, 0]),
    pickle.emptyTuple,
    ...Array.from({ length: depth }, () => [0x52, 0x85]),
    [0x52, 0x73, 0x2e],
  ];
  withPickle(Uint8Array.from(nested.flat()));
  survives(readAll);
});

test('sizes whose product is no number are refused', () => {
  const huge = Array.from({ length: 40 }, () => 0x7fffffff);
  withPickle(statePickle({ weight: tensorPickle({ shape: [...huge, 0], strides: [...huge, 1] }) }));
  survives(readAll);
  const ones = Array.from({ length: 41 }, () => 1);
  withPickle(statePickle({ weight: tensorPickle({ shape: [0, ...huge], strides: ones }) }));
  expect(refusal(readAll)).toMatch(/^model-/);
});

function splitAtLastDot(name: string): string[] {
  const dot = name.lastIndexOf('.');
  return [name.slice(0, dot), name.slice(dot + 1)];
}
