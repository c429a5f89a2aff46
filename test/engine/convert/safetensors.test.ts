import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { UserError } from '../../../contract/user-errors.ts';
import { bfloat16ToFloat32, float16ToFloat32 } from '../../../engine/convert/number-formats.ts';
import { openSafetensors } from '../../../engine/convert/safetensors.ts';
import { scratchFolder, tinyCheckpoint } from '../tiny-model.ts';

const { folder, dispose } = scratchFolder();
afterAll(dispose);

function fileOf(header: unknown, data: Uint8Array = new Uint8Array(), name = 'model.safetensors'): string {
  const text = typeof header === 'string' ? header : JSON.stringify(header);
  const json = new TextEncoder().encode(text);
  const bytes = new Uint8Array(8 + json.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  bytes.set(data, 8 + json.length);
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

test('tensors of one file are found with their place and values', () => {
  const entry = { dtype: 'F32', shape: [2], data_offsets: [4, 12] };
  const data = new Uint8Array(Float32Array.of(7, 1.5, -2).buffer);
  const file = fileOf({ __metadata__: { format: 'pt' }, weight: entry }, data);
  const checkpoint = openSafetensors(file);
  expect([...checkpoint.tensors.keys()]).toEqual(['weight']);
  expect(Array.from(checkpoint.readFloat32('weight'))).toEqual([1.5, -2]);
});

test('shards are read through their index, in whichever file a tensor lies', () => {
  const checkpoint = openSafetensors(tinyCheckpoint);
  const files = new Set([...checkpoint.tensors.values()].map((tensor) => tensor.file));
  expect(files.size).toBe(2);
  expect(checkpoint.readFloat32('model.norm.weight')).toHaveLength(64);
});

describe('number formats', () => {
  test('every half-precision number widens to the value that the language itself gives', () => {
    const bits = Uint16Array.from({ length: 65_536 }, (_, index) => index);
    const expected = new Float32Array(new Float16Array(bits.buffer));
    expect(float16ToFloat32(bits).every((value, index) => Object.is(value, expected[index]))).toBe(true);
  });

  test('brain floats are the upper halves of single-precision numbers', () => {
    expect(Array.from(bfloat16ToFloat32(Uint16Array.of(0x3f80, 0xc000, 0x7f80)))).toEqual([1, -2, Infinity]);
  });
});

describe('damage', () => {
  const good = { dtype: 'F32', shape: [1], data_offsets: [0, 4] };
  test.each<[string, unknown]>([
    ['a tensor past the end of the file', { w: { ...good, data_offsets: [0, 4] } }],
    ['a size that the shape does not have', { w: { ...good, data_offsets: [0, 3] } }],
    ['a negative size', { w: { ...good, shape: [-1], data_offsets: [4, 0] } }],
    ['an unknown number format', { w: { ...good, dtype: 'F8_E4M3' } }],
    ['a format named like a property', { w: { ...good, dtype: 'toString' } }],
    ['an entry that is nothing', { w: null }],
    ['a list', []],
    ['text', 'x'],
    ['half a header', '{"w": {"dtype"'],
  ])('%s is refused', (_, header) => {
    expect(() => openSafetensors(fileOf(header))).toThrow(UserError);
  });

  test('a header longer than the file is refused without reading it', () => {
    const file = join(folder, 'model.safetensors');
    writeFileSync(file, new Uint8Array(8).fill(0xff));
    expect(() => openSafetensors(file)).toThrow(UserError);
    writeFileSync(file, new Uint8Array(3));
    expect(() => openSafetensors(file)).toThrow(UserError);
  });

  test('a missing file says which', () => {
    expect(() => openSafetensors(join(folder, 'absent.safetensors'))).toThrow(
      expect.objectContaining({ code: 'model-missing' }),
    );
  });

  test.each(['../model.safetensors', '/etc/passwd', '..', 5])(
    'an index that names %s is refused',
    (shard) => {
      const index = join(folder, 'model.safetensors.index.json');
      writeFileSync(index, JSON.stringify({ weight_map: { w: shard } }));
      expect(() => openSafetensors(index)).toThrow(UserError);
    },
  );

  test('whatever the bytes, opening either works or gives an error for people', () => {
    const text = JSON.stringify({ w: good, v: { dtype: 'BF16', shape: [2, 2], data_offsets: [4, 12] } });
    const whole = fileOf(text, new Uint8Array(12));
    const original = new Uint8Array(Buffer.from(text));
    fc.assert(
      fc.property(fc.nat(original.length - 1), fc.nat(255), (at, value) => {
        const bytes = original.slice();
        bytes[at] = value;
        fileOf(new TextDecoder().decode(bytes), new Uint8Array(12));
        try {
          openSafetensors(whole);
        } catch (error) {
          if (!(error instanceof UserError)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});
