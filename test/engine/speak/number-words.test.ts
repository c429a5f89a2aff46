import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decimalWords, integerWords, ordinalWords, yearWords } from '../../../engine/speak/number-words.ts';

test.each([
  ['0', 'zero'],
  ['13', 'thirteen'],
  ['40', 'forty'],
  ['105', 'one hundred five'],
  ['1000', 'one thousand'],
  ['1000001', 'one million one'],
  ['987654321', 'nine hundred eighty seven million six hundred fifty four thousand three hundred twenty one'],
  ['007', 'zero zero seven'],
  ['1234567890123456', 'one two three four five six seven eight nine zero one two three four five six'],
])('%s is "%s"', (digits, words) => {
  expect(integerWords(digits)).toBe(words);
});

test('different numbers have different words', () => {
  const number = fc.integer({ min: 0, max: 2_000_000_000 });
  fc.assert(
    fc.property(number, number, (a, b) => {
      expect(integerWords(String(a)) === integerWords(String(b))).toBe(a === b);
    }),
  );
});

test('decimals, ordinals and years are said as people say them', () => {
  expect(decimalWords('0.05')).toBe('zero point zero five');
  expect(['1', '3', '12', '20', '22', '100', '8'].map(ordinalWords)).toEqual([
    'first',
    'third',
    'twelfth',
    'twentieth',
    'twenty second',
    'one hundredth',
    'eighth',
  ]);
  expect(['1999', '1900', '2000', '2005', '1805', '2026'].map(yearWords)).toEqual([
    'nineteen ninety nine',
    'nineteen hundred',
    'two thousand',
    'two thousand five',
    'eighteen oh five',
    'twenty twenty six',
  ]);
});
