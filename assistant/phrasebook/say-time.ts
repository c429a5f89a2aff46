import { dayOfIso, daysBetween, wallTimeOfIso, weekdayOf, type CalendarDay } from '../schedule/zoned-time.ts';
import { MONTH_NAMES, WEEKDAY_NAMES } from '../spoken-values/calendar-words.ts';
import { sayCount, sayList } from './say-list.ts';

/** "7:05 PM", or "19:05" where people count to twenty-four. */
export function sayClock(wall: { readonly hour: number; readonly minute: number }, locale: string): string {
  const minutes = String(wall.minute).padStart(2, '0');
  if (!countsToTwelve(locale)) return `${wall.hour}:${minutes}`;
  return `${wall.hour % 12 || 12}:${minutes} ${wall.hour < 12 ? 'AM' : 'PM'}`;
}

function countsToTwelve(locale: string): boolean {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12 ?? true;
}

/** The clock of "2026-11-22T07:00". */
export function sayIsoClock(isoMinute: string, locale: string): string {
  return sayClock(wallTimeOfIso(isoMinute)!, locale);
}

/** "Saturday, November 21", with the year when it is not this one. */
export function sayDate(day: CalendarDay, today?: CalendarDay): string {
  const year = today && today.year !== day.year ? `, ${day.year}` : '';
  return `${WEEKDAY_NAMES[weekdayOf(day)]}, ${MONTH_NAMES[day.month - 1]} ${day.day}${year}`;
}

/** "today", "tomorrow", "on Friday", "on Monday, December 21" */
export function sayNearDay(day: CalendarDay, today: CalendarDay): string {
  const ahead = daysBetween(today, day);
  if (ahead === 0) return 'today';
  if (ahead === 1) return 'tomorrow';
  if (ahead === -1) return 'yesterday';
  if (ahead > 1 && ahead < 7) return `on ${WEEKDAY_NAMES[weekdayOf(day)]}`;
  return `on ${sayDate(day, today)}`;
}

/** "at 7:00 AM tomorrow", "at 6:30 PM", "every weekday at 7:00 AM" */
export function sayMoment(
  isoMinute: string,
  weekdays: readonly number[],
  today: CalendarDay,
  locale: string,
): string {
  const clock = sayIsoClock(isoMinute, locale);
  if (weekdays.length > 0) return `${sayRepetition(weekdays)} at ${clock}`;
  const day = dayOfIso(isoMinute.slice(0, 10))!;
  return daysBetween(today, day) === 0 ? `at ${clock} today` : `at ${clock} ${sayNearDay(day, today)}`;
}

function sayRepetition(weekdays: readonly number[]): string {
  const sorted = [...new Set(weekdays)].sort((a, b) => a - b).join('');
  if (sorted === '0123456') return 'every day';
  if (sorted === '12345') return 'every weekday';
  if (sorted === '06') return 'every Saturday and Sunday';
  const names = [...weekdays].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7)).map((day) => WEEKDAY_NAMES[day]!);
  return `every ${sayList(names)}`;
}

const LENGTHS: readonly (readonly [seconds: number, name: string])[] = [
  [604_800, 'week'],
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
];

/** "25 minutes", "1 hour and 30 minutes", "2 hours, 5 minutes, and 3 seconds" */
export function sayDuration(seconds: number): string {
  let left = Math.round(seconds);
  const parts: string[] = [];
  for (const [length, name] of LENGTHS) {
    const count = Math.floor(left / length);
    if (count === 0) continue;
    parts.push(sayCount(count, name));
    left -= count * length;
  }
  return parts.length === 0 ? 'less than a second' : sayList(parts);
}

/** As an adjective: "25-minute", "1-hour"; longer mixtures stay words. */
export function sayLengthOf(seconds: number): string {
  for (const [length, name] of LENGTHS) {
    if (seconds >= length && seconds % length === 0) return `${seconds / length}-${name}`;
  }
  return sayDuration(seconds);
}

/** "34 days", and with a unit asked for "about 5 weeks" */
export function sayDayCount(days: number, unit: 'days' | 'weeks' | 'months'): string {
  if (unit === 'weeks' && days >= 7) {
    const [weeks, rest] = [Math.floor(days / 7), days % 7];
    return rest === 0 ? sayCount(weeks, 'week') : `${sayCount(weeks, 'week')} and ${sayCount(rest, 'day')}`;
  }
  if (unit === 'months' && days >= 45) return `about ${sayCount(Math.round(days / 30.44), 'month')}`;
  return sayCount(days, 'day');
}
