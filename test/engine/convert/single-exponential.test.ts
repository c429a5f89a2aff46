import { expect, test } from 'vitest';
import { singleExponential } from '../../../engine/convert/single-exponential.ts';

const arguments_ = Array.from({ length: 128 }, (_, index) =>
  Math.fround(Math.fround(Math.fround(-Math.log(10_000)) * index) / 128),
);
/** In units of the last bit of a single. */
const bitsOff = (x: number) => {
  const exact = Math.exp(x);
  return (singleExponential(x) - exact) / 2 ** (Math.floor(Math.log2(exact)) - 23);
};

test('errs by at most one last bit', () => {
  for (const x of [...arguments_, 0, 0.3, 1, 5.5]) expect(Math.abs(bitsOff(x)), String(x)).toBeLessThan(1);
  expect(singleExponential(0)).toBe(1);
});

test('gives the neighbour of the nearest number where the models do, which their mel showed', () => {
  expect(singleExponential(arguments_[13]!)).toBe(
    Math.fround(Math.fround(Math.exp(arguments_[13]!)) + 2 ** -25),
  );
  expect(singleExponential(arguments_[14]!)).toBe(
    Math.fround(Math.fround(Math.exp(arguments_[14]!)) - 2 ** -25),
  );
});
