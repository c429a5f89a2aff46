import { expect, test } from 'vitest';
import { isoDay } from '../../../assistant/schedule/zoned-time.ts';
import { easterSunday, holidays } from '../../../assistant/spoken-values/holidays.ts';
import { parseSpokenDay } from '../../../assistant/spoken-values/spoken-day.ts';

/** A Saturday. */
const today = { year: 2026, month: 11, day: 21 };
const monday = { year: 2026, month: 11, day: 16 };
const zone = 'Europe/Berlin';
const read = (phrase: string, from = today) => {
  const found = parseSpokenDay(phrase, from, zone);
  return found && isoDay(found.day);
};

test.each([
  ['today', '2026-11-21'],
  ['tonight', '2026-11-21'],
  ['tomorrow', '2026-11-22'],
  ['tomorrow morning', '2026-11-22'],
  ["tomorrow's", '2026-11-22'],
  ["friday's", '2026-11-27'],
  ['the day after tomorrow', '2026-11-23'],
  ['yesterday', '2026-11-20'],
  ['monday', '2026-11-23'],
  ['on friday', '2026-11-27'],
  ['saturday', '2026-11-28'],
  ['this saturday', '2026-11-21'],
  ['next tuesday', '2026-11-24'],
  ['this weekend', '2026-11-21'],
  ['the weekend', '2026-11-21'],
  ['next week', '2026-11-23'],
  ['march third', '2027-03-03'],
  ['march the third', '2027-03-03'],
  ['the twenty first of march', '2027-03-21'],
  ['november twenty first', '2026-11-21'],
  ['december', '2026-12-01'],
  ['may fifth twenty twenty eight', '2028-05-05'],
  ['february twenty ninth', '2028-02-29'],
  ['christmas', '2026-12-25'],
  ["new year's eve", '2026-12-31'],
  ['the new year', '2027-01-01'],
  ['easter', '2027-03-28'],
  ['good friday', '2027-03-26'],
  ['thanksgiving', '2026-11-26'],
  ['black friday', '2026-11-27'],
  ["mother's day", '2027-05-09'],
  ['halloween', '2027-10-31'],
  ['hanukkah', '2026-12-05'],
  ['ramadan', '2027-02-08'],
  ['diwali', '2027-10-29'],
  ['chinese new year', '2027-02-06'],
  ['the winter solstice', '2026-12-21'],
  ['the summer solstice', '2027-06-21'],
  ['summer', '2027-06-21'],
  ['the end of the month', '2026-11-30'],
  ['the end of the year', '2026-12-31'],
  ['next january', '2027-01-01'],
  ['the end of january', '2027-01-31'],
  ['the beginning of may', '2027-05-01'],
  ['the middle of the month', '2026-12-15'],
  ['over christmas', '2026-12-25'],
  ['later tonight', '2026-11-21'],
  ['in a few hours', '2026-11-21'],
  ['in three days', '2026-11-24'],
  ['in two weeks', '2026-12-05'],
  ['a week from now', '2026-11-28'],
  ['2026-12-25', '2026-12-25'],
])('on a Saturday, "%s" is %s', (phrase, day) => {
  expect(read(phrase)).toBe(day);
});

test('"next friday" said on a Monday is not the Friday of that week, and "friday" is', () => {
  expect(read('next friday', monday)).toBe('2026-11-27');
  expect(read('friday', monday)).toBe('2026-11-20');
});

test.each(['my birthday', 'the olympics', 'banana', '', 'february thirtieth'])(
  '"%s" is no day that can be known',
  (phrase) => {
    expect(read(phrase)).toBeUndefined();
  },
);

test('the part of the day is kept', () => {
  expect(parseSpokenDay('tomorrow afternoon', today, zone)?.part).toBe('afternoon');
  expect(parseSpokenDay('tonight', today, zone)?.part).toBe('evening');
});

test.each([
  [2024, '2024-03-31'],
  [2025, '2025-04-20'],
  [2026, '2026-04-05'],
  [2038, '2038-04-25'],
])('Easter of %d is on %s', (year, day) => {
  expect(isoDay(easterSunday(year))).toBe(day);
});

test('every holiday has a day in each of the next four years', () => {
  for (const [name, holiday] of holidays) {
    for (const year of [2026, 2027, 2028, 2029]) expect(holiday.day(year, zone), name).toBeDefined();
  }
});
