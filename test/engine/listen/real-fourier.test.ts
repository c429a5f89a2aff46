import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RealFourier } from '../../../engine/listen/real-fourier.ts';

test('the power spectrum of any even length equals the definition', () => {
  fc.assert(
    fc.property(
      fc
        .integer({ min: 1, max: 60 })
        .chain((half) =>
          fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2 * half, maxLength: 2 * half }),
        ),
      (values) => {
        const size = values.length;
        const spectrum = new Float64Array(size / 2 + 1);
        new RealFourier(size).power(Float64Array.from(values), spectrum);
        for (let k = 0; k <= size / 2; k += 1) {
          const angle = (2 * Math.PI * k) / size;
          const re = values.reduce((sum, x, i) => sum + x * Math.cos(angle * i), 0);
          const im = values.reduce((sum, x, i) => sum + x * Math.sin(angle * i), 0);
          expect(spectrum[k]).toBeCloseTo(re * re + im * im, 8);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('an odd length is refused', () => {
  expect(() => new RealFourier(401)).toThrow(RangeError);
});
