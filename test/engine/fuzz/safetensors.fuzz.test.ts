import fc from 'fast-check';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openSafetensors } from '../../../engine/convert/safetensors.ts';
import { damaged, refusal, seeded, survives, temporaryFolder } from './damage.ts';

const { folder, dispose } = temporaryFolder();
afterAll(dispose);
const file = join(folder, 'model.safetensors');
const index = join(folder, 'model.safetensors.index.json');

function safetensors(header: unknown, data: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setBigUint64(0, BigInt(text.length), true);
  return Uint8Array.of(...length, ...text, ...data);
}
const whole = safetensors(
  {
    __metadata__: { format: 'pt' },
    a: { dtype: 'F32', shape: [2, 3], data_offsets: [0, 24] },
    b: { dtype: 'BF16', shape: [4], data_offsets: [24, 32] },
  },
  new Uint8Array(32),
);

/** Opens a file and reads whatever it offers. */
function readAll(path: string): void {
  const checkpoint = openSafetensors(path);
  for (const name of checkpoint.tensors.keys()) checkpoint.readFloat32(name);
}

test('a damaged file is read or refused', () => {
  fc.assert(
    fc.property(damaged(whole), (bytes) => {
      writeFileSync(file, bytes);
      survives(() => readAll(file));
    }),
    seeded(400),
  );
});

test('any JSON in the place of the header is read or refused', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.uint8Array({ maxLength: 64 }), (header, data) => {
      writeFileSync(file, safetensors(header, data));
      survives(() => readAll(file));
    }),
    seeded(200),
  );
});

const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.maxSafeInteger(),
  fc.constantFrom(0, 8, 2 ** 53, 1e300, -1),
);
const entry = fc.record({
  dtype: fc.constantFrom('F32', 'BF16', 'I64', 'F99', '__proto__', 'constructor'),
  shape: fc.array(number, { maxLength: 40 }),
  data_offsets: fc.array(number, { maxLength: 3 }),
});

test('lying shapes and places are read or refused', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), entry), (header) => {
      writeFileSync(file, safetensors(header, new Uint8Array(64)));
      survives(() => readAll(file));
    }),
    seeded(400),
  );
});

test('a header that claims more than the file has is refused before memory is taken', () => {
  for (const length of [2n ** 64n - 1n, 2n ** 40n, 99_999_999n, 57n]) {
    const bytes = new Uint8Array(64);
    new DataView(bytes.buffer).setBigUint64(0, length, true);
    writeFileSync(file, bytes);
    survives(() => expect(refusal(() => openSafetensors(file))).toBe('model-damaged'));
  }
});

test('any JSON in the place of the index is read or refused', () => {
  writeFileSync(file, whole);
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), fc.record({ weight_map: fc.jsonValue() })), (content) => {
      writeFileSync(index, JSON.stringify(content));
      survives(() => readAll(index));
    }),
    seeded(200),
  );
});

test('shards outside the folder, and names that are no files, are refused', () => {
  mkdirSync(join(folder, 'inner'), { recursive: true });
  const outside = ['../x', '..', '.', '', '/etc/passwd', 'inner', 'inner/../model.safetensors', 'a\0b'];
  const windows = ['C:\\x', 'C:x', '\\\\server\\share\\x', '..\\x', 'inner\\x'];
  for (const shard of [...outside, ...windows]) {
    writeFileSync(index, JSON.stringify({ weight_map: { a: shard } }));
    expect(['model-damaged', 'model-missing'], shard).toContain(refusal(() => openSafetensors(index)));
  }
});

test('a folder in the place of a file is refused', () => {
  const inner = join(folder, 'deeper');
  mkdirSync(join(inner, 'model.safetensors'), { recursive: true });
  expect(refusal(() => openSafetensors(inner))).toMatch(/^model-/);
});
