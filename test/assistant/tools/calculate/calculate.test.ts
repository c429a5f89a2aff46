import { beforeAll, expect, test } from 'vitest';
import { calculate } from '../../../../assistant/tools/calculate/calculate.ts';
import { convertUnits } from '../../../../assistant/tools/calculate/convert-units.ts';
import { neverAborted, testContext } from '../tool-context.ts';

const context = testContext();
const work = (expression: string) => calculate.run({ expression }, context, neverAborted);
const convert = (value: number, from: string, to: string) =>
  convertUnits.run({ value, from, to }, context, neverAborted);

beforeAll(async () => {
  await work('1 + 1');
}, 60_000);

test.each([
  ['12 * 4', 48],
  ['2 + 3 * 4', 14],
  ['0.1 + 0.2', 0.3],
  ['sqrt(144)', 12],
  ['cbrt(27)', 3],
  ['2^10', 1024],
  ['15 / 100 * 80', 12],
  ['17 mod 5', 2],
  ['5!', 120],
  ['abs(3 - 10)', 7],
  ['(-5) + 2', -3],
  ['twelve times four', 48],
  ['eighty dollars plus fifteen percent', 92],
])('%s is %d', async (expression, value) => {
  expect(await work(expression)).toMatchObject({ outcome: 'value', value });
});

test.each([
  ['5 / 0', 'divided-by-zero'],
  ['5 / (3 - 3)', 'divided-by-zero'],
  ['sqrt(-4)', 'no-real-value'],
  ['10^400', 'too-large'],
  ['banana', 'not-understood'],
  ['import("fs")', 'not-understood'],
  ['f(x) = x', 'not-understood'],
  ['x = 3', 'not-understood'],
  ['evaluate("1")', 'not-understood'],
  ['createUnit("a")', 'not-understood'],
  ['cos.constructor("return 1")()', 'not-understood'],
  ['[1, 2, 3]', 'not-understood'],
  ['"text"', 'not-understood'],
  ['5 mile to km', 'not-understood'],
])('%s gives no value: %s', async (expression, outcome) => {
  expect(await work(expression)).toMatchObject({ outcome });
});

test.each([
  [5, 'miles', 'kilometers', 8.04672, 'kilometers'],
  [1, 'foot', 'inches', 12, 'inches'],
  [100, 'degrees fahrenheit', 'celsius', 37.7777777778, 'degrees Celsius'],
  [0, 'celsius', 'kelvin', 273.15, 'kelvin'],
  [1, 'cup', 'tablespoons', 16, 'tablespoons'],
  [1, 'gallon', 'quarts', 4, 'quarts'],
  [2, 'kilos', 'pounds', 4.4092452437, 'pounds'],
  [60, 'miles per hour', 'kilometers per hour', 96.56064, 'kilometers per hour'],
  [10, 'knots', 'miles an hour', 11.5077944802, 'miles per hour'],
  [1, 'year', 'months', 12, 'months'],
  [3, 'weeks', 'days', 21, 'days'],
  [1000, 'meters', 'kilometers', 1, 'kilometer'],
  [2, 'gigabytes', 'megabytes', 2000, 'megabytes'],
])('%d %s in %s is %d', async (value, from, to, converted, name) => {
  expect(await convert(value, from, to)).toMatchObject({ outcome: 'converted', converted, to: name });
});

test('money, unknown units and different kinds are told apart', async () => {
  expect(await convert(5, 'dollars', 'euros')).toEqual({ outcome: 'money' });
  expect(await convert(5, 'pounds', 'euros')).toEqual({ outcome: 'money' });
  expect(await convert(5, 'bananas', 'feet')).toEqual({ outcome: 'unknown-unit', unit: 'bananas' });
  expect(await convert(5, 'miles', 'kilos')).toMatchObject({ outcome: 'different-kinds' });
});
