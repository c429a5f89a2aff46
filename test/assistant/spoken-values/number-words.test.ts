import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseNumber, parseOrdinal } from '../../../assistant/spoken-values/number-words.ts';

test.each([
  ['zero', 0],
  ['twenty five', 25],
  ['twenty-five', 25],
  ['a hundred', 100],
  ['one hundred and five', 105],
  ['three hundred twenty one', 321],
  ['a thousand', 1000],
  ['two thousand three hundred and four', 2304],
  ['forty two thousand', 42_000],
  ['a million', 1_000_000],
  ['one point five million', 1_500_000],
  ['three point one four', 3.14],
  ['point five', 0.5],
  ['twelve point oh five', 12.05],
  ['minus seven', -7],
  ['two and a half', 2.5],
  ['1,250', 1250],
  ['25', 25],
  ['3.5', 3.5],
  ['nineteen hundred', 1900],
  ['nineteen eighty four', 1984],
  ['twenty and a half', 20.5],
])('"%s" is %d', (phrase, value) => {
  expect(parseNumber(phrase)).toBe(value);
});

test.each(['', 'banana', 'five banana', 'and', 'hundred and', 'five six'])('"%s" is no number', (phrase) => {
  expect(parseNumber(phrase)).toBeUndefined();
});

test.each([
  ['first', 1],
  ['third', 3],
  ['twelfth', 12],
  ['thirteenth', 13],
  ['twentieth', 20],
  ['twenty first', 21],
  ['thirtieth', 30],
  ['fourth', 4],
  ['ninth', 9],
  ['3rd', 3],
])('"%s" is number %d in a row', (phrase, value) => {
  expect(parseOrdinal(phrase)).toBe(value);
});

test('every whole number below a million is read back from its words', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 999_999 }), (n) => parseNumber(inWords(n)) === n));
});

function inWords(n: number): string {
  const ones =
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
      ' ',
    );
  const tens = 'x x twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
  if (n < 20) return ones[n]!;
  if (n < 100) return tens[Math.floor(n / 10)]! + (n % 10 ? ` ${ones[n % 10]}` : '');
  if (n < 1000) return `${ones[Math.floor(n / 100)]} hundred${n % 100 ? ` and ${inWords(n % 100)}` : ''}`;
  const rest = n % 1000;
  return `${inWords(Math.floor(n / 1000))} thousand${rest ? `${rest < 100 ? ' and' : ''} ${inWords(rest)}` : ''}`;
}
