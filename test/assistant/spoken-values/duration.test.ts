import { expect, test } from 'vitest';
import { parseDuration } from '../../../assistant/spoken-values/duration.ts';

test.each([
  ['twenty five minutes', 1500],
  ['a minute', 60],
  ['one hour', 3600],
  ['half an hour', 1800],
  ['a half hour', 1800],
  ['one half hour', 1800],
  ['an hour and a half', 5400],
  ['one and a half hours', 5400],
  ['one hour and a half', 5400],
  ['a and a half hour', 5400],
  ['two and a half hours', 9000],
  ['one hour and twenty minutes', 4800],
  ['an hour twenty minutes', 4800],
  ['two hours fifteen minutes', 8100],
  ['three minutes and ten seconds', 190],
  ['ninety seconds', 90],
  ['a minute and a half', 90],
  ['two and a half minutes', 150],
  ['half a minute', 30],
  ['a quarter of an hour', 900],
  ['a quarter hour', 900],
  ['three quarters of an hour', 2700],
  ['a couple of minutes', 120],
  ['a few hours', 10_800],
  ['several seconds', 5],
  ['a day', 86_400],
  ['two weeks', 1_209_600],
  ['one hour thirty', 5400],
  ['25 minutes', 1500],
  ['1 hour 30 minutes', 5400],
])('"%s" lasts %d seconds', (phrase, seconds) => {
  expect(parseDuration(phrase)).toBe(seconds);
});

test.each(['', 'five', 'banana', 'five bananas', 'minutes', 'zero minutes', 'half'])(
  '"%s" is no duration',
  (phrase) => {
    expect(parseDuration(phrase)).toBeUndefined();
  },
);
