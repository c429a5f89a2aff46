import { expect, test } from 'vitest';
import { parseClockTime } from '../../../assistant/spoken-values/clock-time.ts';
import { parsePercentLevel } from '../../../assistant/spoken-values/percent-level.ts';

test.each([
  ['seven a m', 7, 0],
  ['seven p m', 19, 0],
  ['twelve a m', 0, 0],
  ['twelve p m', 12, 0],
  ['six thirty p m', 18, 30],
  ['half past six in the evening', 18, 30],
  ['half past six a m', 6, 30],
  ["eight o'clock in the morning", 8, 0],
  ["eight o'clock tonight", 20, 0],
  ['eleven at night', 23, 0],
  ['two at night', 2, 0],
  ['noon', 12, 0],
  ['midday', 12, 0],
  ['midnight', 0, 0],
  ['eighteen hundred', 18, 0],
  ['twelve hundred', 12, 0],
  ['fourteen thirty', 14, 30],
  ['twenty one fifteen', 21, 15],
  ['twenty two hundred', 22, 0],
  ['7:30 pm', 19, 30],
  ['7pm', 19, 0],
  ['19:05', 19, 5],
])('"%s" is one time of day', (phrase, hour, minute) => {
  expect(parseClockTime(phrase)).toMatchObject({ hour, minute });
});

test.each([
  ['seven', 7, 0],
  ["seven o'clock", 7, 0],
  ["seven o'clock sharp", 7, 0],
  ['half past six', 6, 30],
  ['a quarter past nine', 9, 15],
  ['quarter to one', 12, 45],
  ['twenty five minutes to two', 1, 35],
  ['ten past two', 2, 10],
  ['five oh five', 5, 5],
  ['five o five', 5, 5],
  ['six forty two', 6, 42],
  ['eleven fifteen', 11, 15],
])('"%s" may be in the morning or in the afternoon', (phrase, hour, minute) => {
  expect(parseClockTime(phrase)).toEqual({ hour, minute, eitherHalf: true });
});

test.each(['', 'banana', 'seven ninety', 'thirty', 'half past', '25:00', 'seven five'])(
  '"%s" is no time of day',
  (phrase) => {
    expect(parseClockTime(phrase)).toBeUndefined();
  },
);

test.each([
  ['sixty percent', 60],
  ['forty', 40],
  ['the maximum', 100],
  ['full', 100],
  ['half', 50],
  ['a hundred percent', 100],
  ['50%', 50],
])('"%s" is a level of %d percent', (phrase, level) => {
  expect(parsePercentLevel(phrase)).toBe(level);
});

test('levels beyond a hundred percent are refused', () => {
  expect(parsePercentLevel('two hundred percent')).toBeUndefined();
  expect(parsePercentLevel('very loud')).toBeUndefined();
});
