import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { UserError } from '../../../contract/user-errors.ts';
import { openTorchCheckpoint } from '../../../engine/convert/torch-checkpoint.ts';
import { scratchFolder } from '../tiny-model.ts';
import { pickle, pickled, statePickle, storedZip, tensorPickle } from './torch-file.ts';

const { folder, dispose } = scratchFolder();
afterAll(dispose);

const numbers = new Uint8Array(Float32Array.of(0, 1, 2, 3, 4, 5).buffer);

function open(content: Uint8Array, options: { wide?: boolean; method?: number; data?: Uint8Array } = {}) {
  const file = join(folder, 'model.pt');
  const members = {
    'model/data.pkl': content,
    'model/data/0': options.data ?? numbers,
    'model/version': Uint8Array.of(51),
  };
  writeFileSync(file, storedZip(members, options));
  return openTorchCheckpoint(file);
}
const matrix = tensorPickle({ shape: [2, 3], strides: [3, 1] });

test.each([{ wide: false }, { wide: true }])(
  'tensors are found where the file stores them: %o',
  (options) => {
    const view = tensorPickle({ offset: 2, shape: [3], strides: [1] });
    const checkpoint = open(statePickle({ matrix, view }), options);
    expect(Array.from(checkpoint.readFloat32('matrix'))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(Array.from(checkpoint.readFloat32('view'))).toEqual([2, 3, 4]);
    expect(checkpoint.tensors.get('matrix')!.shape).toEqual([2, 3]);
  },
);

test('version numbers that PyTorch hangs on a state dictionary do no harm', () => {
  const state = [pickle.dictionary, pickle.mark, pickle.text('m'), matrix, pickle.setItems];
  const metadata = [
    pickle.dictionary,
    pickle.mark,
    pickle.text('_metadata'),
    pickle.dictionary,
    pickle.setItems,
  ];
  expect([...open(pickled(...state, ...metadata, pickle.build)).tensors.keys()]).toEqual(['m']);
});

test('a parameter is the tensor inside it', () => {
  const call = [
    ...pickle.global('torch._utils', '_rebuild_parameter'),
    ...pickle.tuple(matrix, pickle.isFalse),
    ...pickle.call,
  ];
  expect(open(statePickle({ p: call })).tensors.get('p')!.shape).toEqual([2, 3]);
});

describe('refused', () => {
  const { global, tuple, text, call } = pickle;

  test.each<[string, number[][]]>([
    ['a call of a system function', [global('os', 'system'), tuple(text('echo')), call]],
    ['a name of Python itself', [global('builtins', 'eval'), tuple(text('1')), call]],
    ['a name that only looks like one of PyTorch', [global('torch._utils', '_rebuild_tensor_v3')]],
    ['an object with state', [global('collections', 'OrderedDict'), pickle.dictionary, pickle.build]],
    ['an instruction that makes objects (OBJ)', [pickle.mark, [0x6f]]],
    ['an instruction that makes objects (INST)', [pickle.mark, [0x69], text('os')]],
    ['an instruction that makes objects (NEWOBJ)', [pickle.dictionary, pickle.emptyTuple, [0x81]]],
    ['a name from the stack (STACK_GLOBAL)', [text('os'), text('system'), [0x93]]],
    ['an extension code', [[0x82, 1]]],
    ['a call of something that is no name', [text('x'), pickle.emptyTuple, call]],
    ['a tensor at the top', [matrix]],
    ['a dictionary of other things', [pickle.dictionary, pickle.mark, text('a'), text('b'), pickle.setItems]],
  ])('%s', (_, instructions) => {
    expect(() => open(pickled(...instructions))).toThrow(
      expect.objectContaining({ code: 'model-incompatible' }),
    );
  });

  test.each([
    ['a storage type that is unknown', { storage: 'ComplexFloatStorage', shape: [1], strides: [1] }],
    ['a transposed view', { shape: [3, 2], strides: [1, 3] }],
    ['a negative size', { shape: [-1], strides: [1] }],
    ['a negative place', { offset: -1, shape: [1], strides: [1] }],
  ])('%s', (_, tensor) => {
    expect(() => open(statePickle({ t: tensorPickle(tensor) }))).toThrow(
      expect.objectContaining({ code: 'model-incompatible' }),
    );
  });

  test.each([
    ['a tensor past its storage', { offset: 4, shape: [3], strides: [1] }],
    ['a storage that is not there', { key: '1', shape: [1], strides: [1] }],
    ['a storage outside the folder', { key: '../version', shape: [1], strides: [1] }],
  ])('%s', (_, tensor) => {
    expect(() => open(statePickle({ t: tensorPickle(tensor) }))).toThrow(
      expect.objectContaining({ code: 'model-damaged' }),
    );
  });

  test('compressed members', () => {
    expect(() => open(statePickle({ matrix }), { method: 8 })).toThrow(
      expect.objectContaining({ code: 'model-incompatible' }),
    );
  });

  test('a missing file and a file that is no zip', () => {
    expect(() => openTorchCheckpoint(join(folder, 'absent.pt'))).toThrow(
      expect.objectContaining({ code: 'model-missing' }),
    );
    writeFileSync(join(folder, 'page.pt'), '<!doctype html><title>not found</title>');
    expect(() => openTorchCheckpoint(join(folder, 'page.pt'))).toThrow(
      expect.objectContaining({ code: 'model-damaged' }),
    );
  });
});

describe('whatever the bytes', () => {
  const settles = (bytes: Uint8Array) => {
    const file = join(folder, 'fuzzed.pt');
    writeFileSync(file, bytes);
    try {
      openTorchCheckpoint(file);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  };

  test.each([false, true])('one changed byte opens or gives an error for people (wide: %s)', (wide) => {
    const whole = storedZip({ 'm/data.pkl': statePickle({ matrix }), 'm/data/0': numbers }, { wide });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, value) => {
        const bytes = whole.slice();
        bytes[at] = value;
        settles(bytes);
      }),
      { numRuns: 150 },
    );
  });

  test('a file cut short opens or gives an error for people', () => {
    const whole = storedZip({ 'm/data.pkl': statePickle({ matrix }), 'm/data/0': numbers });
    for (let length = 0; length < whole.length; length += 7) settles(whole.slice(0, length));
  });

  test('random instructions open or give an error for people', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (content) => {
        settles(storedZip({ 'm/data.pkl': Uint8Array.from([...content, 0x2e]), 'm/data/0': numbers }));
      }),
      { numRuns: 150 },
    );
  });
});
