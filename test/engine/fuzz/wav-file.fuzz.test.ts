import fc from 'fast-check';
import { test } from 'vitest';
import { readWav, writeWav } from '../../../engine/listen/wav-file.ts';
import { damaged, seeded, survives } from './damage.ts';

const whole = writeWav(
  Float32Array.from({ length: 40 }, (_, index) => Math.sin(index)),
  24_000,
);

test('a damaged recording is read or refused', () => {
  fc.assert(
    fc.property(damaged(whole), (bytes) => survives(() => readWav(bytes))),
    seeded(800),
  );
});

test('any bytes are read or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => survives(() => readWav(bytes))),
    seeded(300),
  );
});

test('sizes, channels and rates that the file cannot have are read or refused', () => {
  const field = fc.constantFrom<[number, number]>(
    [4, 4],
    [16, 4],
    [20, 2],
    [22, 2],
    [24, 4],
    [32, 2],
    [34, 2],
    [40, 4],
  );
  const value = fc.constantFrom(0, 1, 3, 7, 24, 0xfffe, 0xffff, 0x7fffffff, 0xffffffff);
  fc.assert(
    fc.property(fc.array(fc.tuple(field, value), { minLength: 1, maxLength: 3 }), (changes) => {
      const bytes = whole.slice();
      const view = new DataView(bytes.buffer);
      for (const [[place, width], number] of changes)
        if (width === 2) view.setUint16(place, number & 0xffff, true);
        else view.setUint32(place, number, true);
      survives(() => readWav(bytes));
    }),
    seeded(400),
  );
});
