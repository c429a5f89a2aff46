import { expect, test } from 'vitest';
import {
  parseSpokenExpression,
  type ArithmeticVerb,
} from '../../../assistant/spoken-values/spoken-expression.ts';
import { isMoney, parseSpokenUnit } from '../../../assistant/spoken-values/spoken-unit.ts';

test.each([
  ['twelve times four', '12 * 4'],
  ['two hundred and five plus seven', '205 + 7'],
  ['five and seven', '5 + 7'],
  ['nine minus ten', '9 - 10'],
  ['ten divided by four', '10 / 4'],
  ['ten multiplied by three point five', '10 * 3.5'],
  ['seven over two', '7 / 2'],
  ['fifteen percent of eighty', '15 / 100 * 80'],
  ['the square root of one hundred and forty four', 'sqrt(144)'],
  ['the cube root of twenty seven', 'cbrt(27)'],
  ['the square of nine', '9^2'],
  ['the cube of three', '3^3'],
  ['eight squared', '8^2'],
  ['four cubed', '4^3'],
  ['two to the power of ten', '2^10'],
  ['two to the tenth power', '2^10'],
  ['half of fifty', '1 / 2 * 50'],
  ['a third of ninety', '1 / 3 * 90'],
  ['three quarters of eighty', '3 / 4 * 80'],
  ['two plus three times four', '2 + 3 * 4'],
  ['the sum of five and six', '5 + 6'],
  ['the difference between three and ten', 'abs(3 - 10)'],
  ['the product of six and seven', '6 * 7'],
  ['the product of a million and eleven', '1000000 * 11'],
  ['the difference between a hundred and five thousand', 'abs(100 - 5000)'],
  ['nine less four', '9 - 4'],
  ['twice forty', '2 * 40'],
  ['seventeen modulo five', '17 mod 5'],
  ['eighty dollars plus fifteen percent', '(80) * (1 + 15 / 100)'],
  ['fifty dollars minus ten percent', '(50) * (1 - 10 / 100)'],
  ['what is two plus two', '2 + 2'],
  ['12*4', '12 * 4'],
  ['(2 + 3) * 4', '(2 + 3) * 4'],
  ['10-4', '10 - 4'],
  ['2^8', '2^8'],
  ['minus five plus two', '(-5) + 2'],
  ['add five and seven', '5 + 7'],
  ['ten divided by half of eight', '10 / (1 / 2 * 8)'],
])('"%s" is the sum %s', (phrase, expression) => {
  expect(parseSpokenExpression(phrase)).toBe(expression);
});

test.each([
  ['five and seven', 'add', '5 + 7'],
  ['five to seven', 'add', '5 + 7'],
  ['five seven and nine', 'add', '5 + 7 + 9'],
  ['five hundred and six', 'add', '500 + 6'],
  ['five from nine', 'subtract', '9 - 5'],
  ['five by six', 'multiply', '5 * 6'],
  ['five and six', 'multiply', '5 * 6'],
  ['ten by two', 'divide', '10 / 2'],
  ['twelve into three', 'divide', '12 / 3'],
  ['a million and eleven', 'multiply', '1000000 * 11'],
  ['nine and twelve', 'difference', 'abs(9 - 12)'],
  ['one and a half from eleven hundred', 'subtract', '1100 - 1.5'],
])('"%s" after the verb %s is the sum %s', (phrase, verb, expression) => {
  expect(parseSpokenExpression(phrase, verb as ArithmeticVerb)).toBe(expression);
});

test.each(['', 'banana', 'five plus', 'times four', 'five plus banana', 'import("fs")'])(
  '"%s" is no sum',
  (phrase) => {
    expect(parseSpokenExpression(phrase)).toBeUndefined();
  },
);

test('units are known by their everyday names', () => {
  expect(parseSpokenUnit('degrees fahrenheit')).toMatchObject({ mathName: 'degF' });
  expect(parseSpokenUnit('miles an hour')).toMatchObject({ plural: 'miles per hour' });
  expect(parseSpokenUnit('kilos')).toMatchObject({ mathName: 'kg' });
  expect(parseSpokenUnit('feet')).toMatchObject({ singular: 'foot' });
  expect(parseSpokenUnit('bananas')).toBeUndefined();
});

test('pounds are money beside other money and a weight otherwise', () => {
  expect(isMoney('dollars', 'pounds')).toBe(true);
  expect(isMoney('pounds', 'euros')).toBe(true);
  expect(isMoney('pounds', 'kilograms')).toBe(false);
});
