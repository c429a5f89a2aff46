import fc from 'fast-check';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blockLayout, quantiseRows, widenRows } from '../../../engine/convert/block-quantiser.ts';
import { float16ToFloat32, float32ToFloat16 } from '../../../engine/convert/number-formats.ts';
import { multiplyStored } from '../../../engine/convert/stored-weight.ts';
import { multiply, randomNumbers, relativeError } from '../../../engine/convert/weight-check.ts';

const numbers = fc.float({ min: -8, max: 8, noNaN: true, noDefaultInfinity: true });

describe.each([4, 8] as const)('weights in blocks of %i bits', (bits) => {
  test('come back within half a step of their block, whatever the width', () => {
    const matrix = fc.integer({ min: 1, max: 75 }).chain((columns) =>
      fc.record({
        columns: fc.constant(columns),
        values: fc.array(numbers, { minLength: 2 * columns, maxLength: 2 * columns }),
      }),
    );
    fc.assert(
      fc.property(matrix, ({ columns, values }) => {
        const floats = Float32Array.from(values);
        const back = widenRows(quantiseRows(floats, 2, columns, bits), 2, columns, bits);
        const range = Math.max(...values, 0) - Math.min(...values, 0);
        const step = range / (bits === 4 ? 15 : 255);
        // The fitted scale gives up a little at the ends of the range for less error in all.
        for (const [index, value] of floats.entries()) {
          expect(Math.abs(back[index]! - value)).toBeLessThanOrEqual(1.6 * step + 1e-6);
        }
      }),
    );
  });

  test('of nothing but zeros stay zero', () => {
    const quantised = quantiseRows(new Float32Array(70), 2, 35, bits);
    expect(widenRows(quantised, 2, 35, bits).every((value) => value === 0)).toBe(true);
  });

  test.each([
    [96, 40],
    [33, 100],
    [5, 32],
    [7, 1],
  ])('multiply in ONNX Runtime as they do here (%i rows, %i columns)', async (rows, columns) => {
    const folder = mkdtempSync(join(tmpdir(), 'sotto-blocks-'));
    try {
      const values = randomNumbers(`${rows} ${columns}`, rows * columns);
      const { codes, scales, zeroPoints } = quantiseRows(values, rows, columns, bits);
      const layout = blockLayout(columns, bits);
      expect(codes).toHaveLength(rows * layout.codeBytesPerRow);
      writeFileSync(join(folder, 'codes'), codes);
      writeFileSync(join(folder, 'scales'), scales);
      writeFileSync(join(folder, 'zeros'), zeroPoints);
      const place = (file: string, length: number) => ({ file, offset: 0, length });
      const weight = {
        name: 'w',
        form: bits === 4 ? ('int4' as const) : ('int8' as const),
        rows,
        columns,
        values: place('codes', codes.length),
        scales: place('scales', scales.byteLength),
        zeroPoints: place('zeros', zeroPoints.length),
      };
      const x = randomNumbers('x', 3 * columns);
      const right = multiply(x, widenRows({ codes, scales, zeroPoints }, rows, columns, bits), columns);
      expect(relativeError(await multiplyStored(weight, folder, x), right)).toBeLessThan(0.02);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

test('normal weights lose less than nine percent at four bits and half a percent at eight', () => {
  const sum = randomNumbers('normal', 4 * 64 * 512);
  const values = Float32Array.from({ length: 64 * 512 }, (_, index) =>
    [0, 1, 2, 3].reduce((total, part) => total + sum[4 * index + part]!, 0),
  );
  const errorAt = (bits: 4 | 8) =>
    relativeError(widenRows(quantiseRows(values, 64, 512, bits), 64, 512, bits), values);
  expect(errorAt(4)).toBeLessThan(0.09);
  expect(errorAt(8)).toBeLessThan(0.005);
});

test('float16 numbers are the nearest ones', () => {
  const values = Float32Array.of(0, -0, 1, -2.5, 65504, 65519.9, 65520, 1e-8, 6e-8, 2 ** -14, 2 ** -24, 0.1);
  expect(Array.from(float16ToFloat32(float32ToFloat16(values)))).toEqual([
    0,
    -0,
    1,
    -2.5,
    65504,
    65504,
    Infinity,
    0,
    2 ** -24,
    2 ** -14,
    2 ** -24,
    0.0999755859375,
  ]);
  fc.assert(
    fc.property(fc.float({ noNaN: true }), (value) => {
      const [back] = float16ToFloat32(float32ToFloat16(Float32Array.of(value)));
      if (Math.abs(value) > 65504) return;
      expect(Math.abs(back! - value)).toBeLessThanOrEqual(Math.max(Math.abs(value) * 2 ** -11, 2 ** -25));
    }),
  );
});
