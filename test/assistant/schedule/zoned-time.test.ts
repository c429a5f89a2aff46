import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextOccurrence } from '../../../assistant/schedule/next-occurrence.ts';
import {
  addDays,
  daysBetween,
  instantOf,
  isoMinute,
  wallTimeAt,
  wallTimeOfIso,
} from '../../../assistant/schedule/zoned-time.ts';

const NEW_YORK = 'America/New_York';
const at = (iso: string, zone = NEW_YORK) => instantOf(wallTimeOfIso(iso)!, zone);
const shown = (instant: number, zone = NEW_YORK) => isoMinute(wallTimeAt(instant, zone));

test('an instant and the wall time it shows belong together, in any zone', () => {
  const zones = ['UTC', NEW_YORK, 'Europe/London', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia'];
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2_200_000_000 }), fc.constantFrom(...zones), (seconds, zone) => {
      const wall = wallTimeAt(seconds * 1000, zone);
      const back = instantOf(wall, zone);
      // Only the second of two equal times, when clocks are set back, comes back as the first.
      return (
        back === seconds * 1000 ||
        (back < seconds * 1000 && isoMinute(wallTimeAt(back, zone)) === isoMinute(wall))
      );
    }),
    { numRuns: 300 },
  );
});

test('a time that daylight saving skips becomes the one an hour later', () => {
  expect(shown(at('2026-03-08T02:30'))).toBe('2026-03-08T03:30');
});

test('of a time that comes twice the first is taken', () => {
  const first = at('2026-11-01T01:30');
  expect(shown(first)).toBe('2026-11-01T01:30');
  expect(shown(first + 3_600_000)).toBe('2026-11-01T01:30');
});

test('an alarm at seven stays at seven when the clocks change', () => {
  const daily = { hour: 7, minute: 0, weekdays: [0, 1, 2, 3, 4, 5, 6] };
  const saturday = at('2026-03-07T07:00');
  const sunday = nextOccurrence(daily, saturday, NEW_YORK);
  expect(shown(sunday)).toBe('2026-03-08T07:00');
  expect(sunday - saturday).toBe(23 * 3_600_000);
});

test('a weekday alarm skips the weekend', () => {
  const working = { hour: 6, minute: 30, weekdays: [1, 2, 3, 4, 5] };
  expect(shown(nextOccurrence(working, at('2026-11-20T06:30'), NEW_YORK))).toBe('2026-11-23T06:30');
});

test('days are counted over months and leap years', () => {
  expect(addDays({ year: 2028, month: 2, day: 28 }, 1)).toEqual({ year: 2028, month: 2, day: 29 });
  expect(daysBetween({ year: 2027, month: 12, day: 31 }, { year: 2028, month: 3, day: 1 })).toBe(61);
});

test('times that do not exist are not read', () => {
  expect(wallTimeOfIso('2026-02-30T07:00')).toBeUndefined();
  expect(wallTimeOfIso('2026-02-03T25:00')).toBeUndefined();
  expect(wallTimeOfIso('tomorrow')).toBeUndefined();
});
