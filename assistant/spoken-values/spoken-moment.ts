import type { Repeat } from '../schedule/scheduled-item.ts';
import { nextOccurrence } from '../schedule/next-occurrence.ts';
import { addDays, dayAt, instantOf, isoDay, weekdayOf, type CalendarDay } from '../schedule/zoned-time.ts';
import { weekdayNumber } from './calendar-words.ts';
import { parseClockTime, type ClockTime } from './clock-time.ts';
import { parseDuration } from './duration.ts';
import { parseSpokenDay, type PartOfDay } from './spoken-day.ts';
import { spokenWords } from './spoken-words.ts';

/** An instant that lies ahead, and when it comes again. */
export interface SpokenMoment {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly repeat?: Repeat;
}

/** Here and now, as far as "tomorrow at nine" depends on it. */
export interface Here {
  readonly nowMs: number;
  readonly timeZone: string;
}

const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
const WORKING_DAYS = [1, 2, 3, 4, 5];
const WEEKEND_DAYS = [0, 6];

const HOUR_OF_PART: Readonly<Record<PartOfDay, number>> = {
  morning: 9,
  afternoon: 15,
  evening: 19,
  night: 21,
};

/** Moments that people name without a clock: hour, minute. */
const NAMED_TIMES: Readonly<Record<string, readonly [hour: number, minute: number]>> = {
  'in the morning': [9, 0],
  'this morning': [9, 0],
  'in the afternoon': [15, 0],
  'in the evening': [19, 0],
  'at lunch time': [12, 0],
  'at lunchtime': [12, 0],
  'at lunch': [12, 0],
  'after lunch': [13, 30],
  'after work': [18, 0],
  'after dinner': [20, 0],
  'before bed': [22, 0],
  'at night': [21, 0],
};

/**
 * When to remind: "at seven", "tomorrow at half past nine", "in twenty minutes", "on friday afternoon",
 * "every weekday at eight", "before bed". An hour without a half of day means waking hours: seven is in the
 * morning on another day, three in the afternoon. Undefined when no time can be made of it.
 */
export function parseSpokenMoment(phrase: string, here: Here): SpokenMoment | undefined {
  const text = spokenWords(phrase).join(' ');
  return (
    afterDuration(text, here) ??
    repeating(text, here) ??
    soon(text, here) ??
    namedTime(text, here) ??
    clockAlone(text, here) ??
    dayWithClock(text, here) ??
    dayAlone(text, here)
  );
}

/** An alarm's clock time, with the words for its day if there were any. `waking` prefers the morning. */
export function parseAlarmMoment(
  clockPhrase: string,
  dayPhrase: string | undefined,
  waking: boolean,
  here: Here,
): SpokenMoment | undefined {
  const clock = parseClockTime(clockPhrase);
  if (!clock) return undefined;
  if (dayPhrase === undefined) return { at: nextShowing(clock, waking, here) };
  const words = spokenWords(dayPhrase).join(' ');
  const weekdays = repeatedWeekdays(words, here);
  if (weekdays) {
    const hour = hourOnDay(clock, partIn(words) ?? 'morning');
    const repeat = { hour, minute: clock.minute, weekdays };
    return { at: nextOccurrence(repeat, here.nowMs, here.timeZone), repeat };
  }
  const found = parseSpokenDay(words, today(here), here.timeZone);
  return found && onDay(found.day, clock, found.part, here);
}

function afterDuration(text: string, here: Here): SpokenMoment | undefined {
  const match = /^(?:in|after) (.+)$|^(.+) from now$/.exec(text);
  const seconds = match && parseDuration(match[1] ?? match[2]!);
  return seconds ? { at: here.nowMs + seconds * 1000 } : undefined;
}

function repeating(text: string, here: Here): SpokenMoment | undefined {
  const match = /^(.*?)(?: at (.+))?$/.exec(text)!;
  const weekdays = repeatedWeekdays(match[1]!, here);
  if (!weekdays) return undefined;
  const clock = match[2] === undefined ? undefined : parseClockTime(match[2]);
  if (match[2] !== undefined && !clock) return undefined;
  const part = partIn(match[1]!);
  const hour = clock ? hourOnDay(clock, part) : HOUR_OF_PART[part ?? 'morning'];
  const repeat = { hour, minute: clock?.minute ?? 0, weekdays };
  return { at: nextOccurrence(repeat, here.nowMs, here.timeZone), repeat };
}

/** "every day", "every monday", "on weekdays", "every morning", "daily" */
function repeatedWeekdays(text: string, here: Here): readonly number[] | undefined {
  const match = /^(?:on |at )?(?:every |each |all )?(?:the )?(.+)$/.exec(text);
  const what = match?.[1] ?? '';
  const every = /^(every|each) /.test(text);
  if (what === 'daily' || (every && /^(day|morning|afternoon|evening|night)$/.test(what))) return EVERY_DAY;
  if (what === 'weekdays' || (every && what === 'weekday')) return WORKING_DAYS;
  if (what === 'weekends' || (/^(every|each|at) /.test(text) && what === 'weekend')) return WEEKEND_DAYS;
  if (every && what === 'week') return [weekdayOf(today(here))];
  const words = what.split(' ');
  const weekday = weekdayNumber(words[0]);
  const plural = words[0]?.endsWith('days') ?? false;
  return weekday !== undefined && (every || plural) ? [weekday] : undefined;
}

function soon(text: string, here: Here): SpokenMoment | undefined {
  const hours = { now: 0, soon: 1, later: 2, 'later today': 3, today: 1 }[text];
  return hours === undefined ? undefined : { at: here.nowMs + hours * 3_600_000 };
}

function namedTime(text: string, here: Here): SpokenMoment | undefined {
  const named = NAMED_TIMES[text];
  if (!named) return undefined;
  const repeat = { hour: named[0], minute: named[1], weekdays: EVERY_DAY };
  return { at: nextOccurrence(repeat, here.nowMs, here.timeZone) };
}

function clockAlone(text: string, here: Here): SpokenMoment | undefined {
  const clock = parseClockTime(text);
  return clock && { at: nextShowing(clock, false, here) };
}

/** "tomorrow at nine", "at nine on friday", "this evening at seven" */
function dayWithClock(text: string, here: Here): SpokenMoment | undefined {
  const words = text.split(' ');
  for (let split = 1; split < words.length; split++) {
    const before = words.slice(0, split).join(' ');
    const after = words.slice(split).join(' ');
    for (const [dayText, clockText] of [
      [before, after],
      [after, before],
    ] as const) {
      const clock = parseClockTime(clockText);
      const found = clock && parseSpokenDay(dayText, today(here), here.timeZone);
      if (found) return onDay(found.day, clock, found.part, here);
    }
  }
  return undefined;
}

function dayAlone(text: string, here: Here): SpokenMoment | undefined {
  const found = parseSpokenDay(text, today(here), here.timeZone);
  if (!found) return undefined;
  const hour = HOUR_OF_PART[found.part ?? 'morning'];
  const at = instantOf({ ...found.day, hour, minute: 0, second: 0 }, here.timeZone);
  if (at > here.nowMs) return { at };
  // "this morning" said in the afternoon, or "this weekend" said late on Saturday: as soon as makes sense.
  return isoDay(found.day) === isoDay(today(here)) ? { at: here.nowMs + 3_600_000 } : undefined;
}

/** A clock time on a known day; undefined when that has passed. "Twelve tonight" is midnight, "one tonight" the hour after. */
function onDay(
  day: CalendarDay,
  clock: ClockTime,
  part: PartOfDay | undefined,
  here: Here,
): SpokenMoment | undefined {
  const late = part === 'evening' || part === 'night';
  const pastMidnight = late && (clock.eitherHalf ? clock.hour === 12 || clock.hour < 4 : clock.hour < 6);
  if (pastMidnight) return ahead(addDays(day, 1), clock.hour % 12, clock.minute, here);
  const moment = ahead(day, hourOnDay(clock, part), clock.minute, here);
  // Today at seven, said at ten in the morning, is the evening.
  return moment ?? (clock.eitherHalf ? ahead(day, (clock.hour % 12) + 12, clock.minute, here) : undefined);
}

function ahead(day: CalendarDay, hour: number, minute: number, here: Here): SpokenMoment | undefined {
  const at = instantOf({ ...day, hour, minute, second: 0 }, here.timeZone);
  return at > here.nowMs ? { at } : undefined;
}

/** The hour 0..23 that is meant when the day is known: waking hours, unless a part of the day was named. */
function hourOnDay(clock: ClockTime, part: PartOfDay | undefined): number {
  if (!clock.eitherHalf) return clock.hour;
  const hour = clock.hour % 12;
  if (part === 'morning') return hour === 0 ? 12 : hour;
  if (part !== undefined) return hour + 12;
  return hour < 4 ? hour + 12 : hour;
}

/** The next time a clock shows it. Waking between five and ten is done in the morning. */
function nextShowing(clock: ClockTime, waking: boolean, here: Here): number {
  const both = clock.eitherHalf && !(waking && clock.hour >= 5 && clock.hour <= 10);
  const hours = both ? [clock.hour % 12, (clock.hour % 12) + 12] : [clock.hour];
  return Math.min(
    ...hours.map((hour) =>
      nextOccurrence({ hour, minute: clock.minute, weekdays: EVERY_DAY }, here.nowMs, here.timeZone),
    ),
  );
}

function partIn(text: string): PartOfDay | undefined {
  return (Object.keys(HOUR_OF_PART) as PartOfDay[]).find((part) => text.split(' ').includes(part));
}

function today(here: Here): CalendarDay {
  return dayAt(here.nowMs, here.timeZone);
}
