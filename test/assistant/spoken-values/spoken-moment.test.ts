import { expect, test } from 'vitest';
import { instantOf, isoMinute, wallTimeAt } from '../../../assistant/schedule/zoned-time.ts';
import { parseAlarmMoment, parseSpokenMoment } from '../../../assistant/spoken-values/spoken-moment.ts';

const timeZone = 'Europe/Berlin';
/** A Saturday, ten in the morning. */
const here = {
  nowMs: instantOf({ year: 2026, month: 11, day: 21, hour: 10, minute: 0, second: 0 }, timeZone),
  timeZone,
};
const shown = (at: number | undefined) => at && isoMinute(wallTimeAt(at, timeZone));

test.each([
  ['in twenty minutes', '2026-11-21T10:20'],
  ['in two days', '2026-11-23T10:00'],
  ['at seven', '2026-11-21T19:00'],
  ['at eleven', '2026-11-21T11:00'],
  ['at half past six p m', '2026-11-21T18:30'],
  ['at nine a m', '2026-11-22T09:00'],
  ['tomorrow', '2026-11-22T09:00'],
  ['tomorrow morning', '2026-11-22T09:00'],
  ['this evening', '2026-11-21T19:00'],
  ['tonight', '2026-11-21T19:00'],
  ['on friday', '2026-11-27T09:00'],
  ['on friday afternoon', '2026-11-27T15:00'],
  ['tomorrow at nine', '2026-11-22T09:00'],
  ['tomorrow at three', '2026-11-22T15:00'],
  ['tonight at eight', '2026-11-21T20:00'],
  ['this evening at seven', '2026-11-21T19:00'],
  ['today at six', '2026-11-21T18:00'],
  ['at five tomorrow', '2026-11-22T05:00'],
  ['at five p m on monday', '2026-11-23T17:00'],
  ['at eight tonight', '2026-11-21T20:00'],
  ['at twelve tonight', '2026-11-22T00:00'],
  ['on december fifth', '2026-12-05T09:00'],
  ['on the fifth of december', '2026-12-05T09:00'],
  ['next week', '2026-11-23T09:00'],
  ['next month', '2026-12-01T09:00'],
  ['this weekend', '2026-11-21T11:00'],
  ['at one a m tonight', '2026-11-22T01:00'],
  ['in the morning', '2026-11-22T09:00'],
  ['in the evening', '2026-11-21T19:00'],
  ['before bed', '2026-11-21T22:00'],
  ['after lunch', '2026-11-21T13:30'],
  ['at lunch time', '2026-11-21T12:00'],
  ['later', '2026-11-21T12:00'],
  ['this morning', '2026-11-22T09:00'],
])('on Saturday at ten, "%s" is %s', (phrase, at) => {
  expect(shown(parseSpokenMoment(phrase, here)?.at)).toBe(at);
});

test.each([
  ['every day at eight', '2026-11-22T08:00', [0, 1, 2, 3, 4, 5, 6]],
  ['every morning', '2026-11-22T09:00', [0, 1, 2, 3, 4, 5, 6]],
  ['every evening at seven', '2026-11-21T19:00', [0, 1, 2, 3, 4, 5, 6]],
  ['every week at quarter to ten', '2026-11-28T09:45', [6]],
  ['every monday', '2026-11-23T09:00', [1]],
  ['every weekday at half past six a m', '2026-11-23T06:30', [1, 2, 3, 4, 5]],
])('"%s" repeats, first at %s', (phrase, at, weekdays) => {
  const moment = parseSpokenMoment(phrase, here);
  expect(shown(moment?.at)).toBe(at);
  expect(moment?.repeat?.weekdays).toEqual(weekdays);
});

test.each(['', 'banana', 'my birthday', 'at banana', 'yesterday', 'tomorrow at banana'])(
  '"%s" is no time that can be rung at',
  (phrase) => {
    expect(parseSpokenMoment(phrase, here)).toBeUndefined();
  },
);

test.each([
  ['seven', undefined, false, '2026-11-21T19:00'],
  ['seven', undefined, true, '2026-11-22T07:00'],
  ['two', undefined, true, '2026-11-21T14:00'],
  ['seven a m', undefined, false, '2026-11-22T07:00'],
  ['seven', 'tomorrow', false, '2026-11-22T07:00'],
  ['three', 'tomorrow', false, '2026-11-22T15:00'],
  ['six thirty', 'tomorrow morning', true, '2026-11-22T06:30'],
  ['eight', 'tonight', false, '2026-11-21T20:00'],
  ['seven', 'on monday', true, '2026-11-23T07:00'],
  ['four', 'this afternoon', false, '2026-11-21T16:00'],
  ['noon', 'the day after tomorrow', false, '2026-11-23T12:00'],
] as const)('an alarm for "%s", day "%s", waking %s rings at %s', (clock, day, waking, at) => {
  expect(shown(parseAlarmMoment(clock, day, waking, here)?.at)).toBe(at);
});

test.each([
  ['every weekday', [1, 2, 3, 4, 5], '2026-11-23T07:00'],
  ['on weekdays', [1, 2, 3, 4, 5], '2026-11-23T07:00'],
  ['on weekends', [0, 6], '2026-11-22T07:00'],
  ['at the weekend', [0, 6], '2026-11-22T07:00'],
  ['every morning', [0, 1, 2, 3, 4, 5, 6], '2026-11-22T07:00'],
  ['every tuesday', [2], '2026-11-24T07:00'],
])('an alarm for seven "%s" repeats', (day, weekdays, at) => {
  const moment = parseAlarmMoment('seven', day, false, here);
  expect(moment?.repeat).toEqual({ hour: 7, minute: 0, weekdays });
  expect(shown(moment?.at)).toBe(at);
});
