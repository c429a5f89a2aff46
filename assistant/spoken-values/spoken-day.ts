import {
  addDays,
  dayOfIso,
  daysBetween,
  isRealDay,
  weekdayOf,
  type CalendarDay,
} from '../schedule/zoned-time.ts';
import { MONTH_NAMES, monthNumber, weekdayNumber } from './calendar-words.ts';
import { parseDuration } from './duration.ts';
import { holidays } from './holidays.ts';
import { readNumber, readOrdinal } from './number-words.ts';
import { spokenWords } from './spoken-words.ts';

export type PartOfDay = 'morning' | 'afternoon' | 'evening' | 'night';

export interface SpokenDay {
  readonly day: CalendarDay;
  /** How a reply names it, where it has a name of its own: "Christmas Day", "tomorrow". */
  readonly name?: string;
  readonly part?: PartOfDay;
}

const DAY_SECONDS = 86_400;
const PARTS: Readonly<Record<string, PartOfDay>> = {
  morning: 'morning',
  afternoon: 'afternoon',
  evening: 'evening',
  night: 'night',
};

/**
 * The day somebody means: "tomorrow morning", "next friday", "the twenty first of march", "easter", "the end
 * of the month", "in two weeks", "2026-12-25". Days without a year lie ahead. Undefined when it is no day
 * that can be known ("my birthday").
 */
export function parseSpokenDay(phrase: string, today: CalendarDay, timeZone: string): SpokenDay | undefined {
  const iso = dayOfIso(phrase);
  if (iso) return { day: iso };
  const { words, part } = takePartOfDay(trimmed(spokenWords(phrase)));
  const text = words.join(' ');
  if (text === '') return part && { day: today, part };
  const found =
    nearDay(text, today) ??
    weekday(words, today) ??
    dateOfMonth(words, today) ??
    holiday(text, today, timeZone) ??
    stretch(text, today) ??
    distance(text, today);
  if (found) return { ...found, ...(part ? { part } : {}) };
  /* "tomorrow's weather", "friday's forecast"; a holiday such as "valentine's" was found before. */
  const owner = phrase.replace(/['’]s$/, '');
  return owner === phrase ? undefined : parseSpokenDay(owner, today, timeZone);
}

function trimmed(words: string[]): string[] {
  while (
    words.length > 1 &&
    ['on', 'the', 'for', 'at', 'over', 'during', 'coming', 'by', 'until'].includes(words[0]!)
  ) {
    words = words.slice(1);
  }
  return words;
}

/** "tomorrow morning", "this evening", "in the afternoon", "friday night" */
function takePartOfDay(words: readonly string[]): { words: string[]; part?: PartOfDay } {
  if (words.join(' ') === 'tonight') return { words: ['today'], part: 'evening' };
  const part = PARTS[words.at(-1) ?? ''];
  if (!part) return { words: [...words] };
  let rest = words.slice(0, -1);
  while (['this', 'the', 'in', 'at'].includes(rest.at(-1) ?? '')) rest = rest.slice(0, -1);
  return { words: rest, part };
}

function nearDay(text: string, today: CalendarDay): SpokenDay | undefined {
  const ahead: Readonly<Record<string, number>> = {
    'day before yesterday': -2,
    yesterday: -1,
    today: 0,
    now: 0,
    'right now': 0,
    later: 0,
    'later today': 0,
    'later tonight': 0,
    'later this week': 1,
    tomorrow: 1,
    'day after tomorrow': 2,
  };
  const days = ahead[text];
  if (days === undefined) return undefined;
  const named =
    text.endsWith('tomorrow') || text.endsWith('yesterday') ? text.replace(/^day/, 'the day') : 'today';
  return { day: addDays(today, days), name: named };
}

/** "friday", "this friday" (today counts), "next friday" (not the one of this week), "last friday". */
function weekday(words: readonly string[], today: CalendarDay): SpokenDay | undefined {
  const rest = words.filter((word) => word !== 'coming' && word !== 'on');
  const wanted = weekdayNumber(rest.at(-1));
  if (wanted === undefined || rest.length > 2) return undefined;
  const which = rest.length === 2 ? rest[0] : '';
  const ahead = (wanted - weekdayOf(today) + 7) % 7;
  if (which === '') return { day: addDays(today, ahead || 7) };
  if (which === 'this') return { day: addDays(today, ahead) };
  if (which === 'last') return { day: addDays(today, (ahead || 7) - 7) };
  if (which !== 'next') return undefined;
  const daysLeftInWeek = (7 - weekdayOf(today)) % 7;
  const inThisWeek = ahead > 0 && ahead <= daysLeftInWeek;
  return { day: addDays(today, inThisWeek ? ahead + 7 : ahead || 7) };
}

/** "march third", "march the third", "third of march 2027", "may 5", "december" (its first day). */
function dateOfMonth(words: readonly string[], today: CalendarDay): SpokenDay | undefined {
  const edge = edgeOfMonth(words, today);
  if (edge) return edge;
  const rest = words.filter((word) => word !== 'the' && word !== 'of');
  const at = rest.findIndex((word) => monthNumber(word) !== undefined);
  if (at < 0) return undefined;
  const month = monthNumber(rest[at])!;
  const others = rest.filter((_, index) => index !== at);
  if (others.length === 0) {
    return {
      day: nextOf({ year: today.year, month, day: 1 }, today),
      name: `the first of ${MONTH_NAMES[month - 1]}`,
    };
  }
  const number = readOrdinal(others, 0) ?? readNumber(others, 0);
  if (!number || !Number.isInteger(number.value)) return undefined;
  const yearWords = others.slice(number.next);
  if (yearWords.length === 0) {
    const day = nextOf({ year: today.year, month, day: number.value }, today);
    return isRealDay(day) ? { day } : undefined;
  }
  const year = readYear(yearWords);
  const day = { year: year ?? 0, month, day: number.value };
  return year !== undefined && isRealDay(day) ? { day } : undefined;
}

/** "the beginning of march", "the last of march", "next january" (its first day). */
function edgeOfMonth(words: readonly string[], today: CalendarDay): SpokenDay | undefined {
  const match =
    /^(next|start of|beginning of|first of|middle of|end of|last of|last day of) (?:the )?(\w+)$/.exec(
      words.join(' '),
    );
  const month = match && monthNumber(match[2]);
  if (!month) return undefined;
  const first = nextOf({ year: today.year, month, day: 1 }, today);
  const name = `${match[1] === 'next' ? 'the first' : `the ${match[1]!.replace(/ of$/, '')}`} of ${MONTH_NAMES[month - 1]}`;
  if (match[1]!.startsWith('middle')) return { day: nextOf({ ...first, day: 15 }, today), name };
  if (!/^(end|last)/.test(match[1]!)) return { day: first, name };
  const last = lastOfMonth(today.year, month);
  return { day: daysBetween(today, last) >= 0 ? last : lastOfMonth(today.year + 1, month), name };
}

function lastOfMonth(year: number, month: number): CalendarDay {
  return addDays({ year: month === 12 ? year + 1 : year, month: (month % 12) + 1, day: 1 }, -1);
}

/** "twenty twenty seven", "two thousand twenty seven", "2027" */
function readYear(words: readonly string[]): number | undefined {
  const first = readNumber(words, 0);
  if (!first) return undefined;
  if (first.next === words.length)
    return first.value >= 1000 && first.value <= 9999 ? first.value : undefined;
  const second = readNumber(words, first.next);
  const pair = second?.next === words.length && first.value >= 10 && first.value <= 99 && second.value <= 99;
  return pair ? first.value * 100 + second.value : undefined;
}

/** This year's, or the next one in which the day exists and lies ahead (29 February). */
function nextOf(day: CalendarDay, today: CalendarDay): CalendarDay {
  for (let year = today.year; year < today.year + 9; year++) {
    const candidate = { ...day, year };
    if (isRealDay(candidate) && daysBetween(today, candidate) >= 0) return candidate;
  }
  return day;
}

function holiday(text: string, today: CalendarDay, timeZone: string): SpokenDay | undefined {
  const found = holidays.get(text.replace(/^(this|next) /, ''));
  if (!found) return undefined;
  for (const year of [today.year, today.year + 1]) {
    const day = found.day(year, timeZone);
    if (day && daysBetween(today, day) >= 0) return { day, name: found.name };
  }
  return undefined;
}

/** Weekends, and where weeks, months and years begin and end. A week begins on Monday. */
function stretch(text: string, today: CalendarDay): SpokenDay | undefined {
  const toSunday = (7 - weekdayOf(today)) % 7;
  const saturday = addDays(today, weekdayOf(today) === 0 ? 0 : toSunday - 1);
  const nextMonth = {
    year: today.month === 12 ? today.year + 1 : today.year,
    month: (today.month % 12) + 1,
    day: 1,
  };
  switch (text) {
    case 'weekend':
    case 'this weekend':
      return { day: saturday, name: 'the weekend' };
    case 'next weekend':
      return { day: addDays(saturday, weekdayOf(today) === 0 ? 6 : 7), name: 'next weekend' };
    case 'this week':
      return { day: today, name: 'this week' };
    case 'next week':
      return { day: addDays(today, toSunday + 1), name: 'next week' };
    case 'next month':
      return { day: nextMonth, name: 'next month' };
    case 'next year':
      return { day: { year: today.year + 1, month: 1, day: 1 }, name: 'next year' };
    case 'end of the week':
    case 'end of week':
      return { day: addDays(today, toSunday), name: 'the end of the week' };
    case 'end of the month':
    case 'end of month':
    case 'last of the month':
      return { day: addDays(nextMonth, -1), name: 'the end of the month' };
    case 'first of the month':
    case 'beginning of the month':
      return { day: today.day === 1 ? today : nextMonth, name: 'the beginning of the month' };
    case 'middle of the month':
      return {
        day: today.day <= 15 ? { ...today, day: 15 } : { ...nextMonth, day: 15 },
        name: 'the middle of the month',
      };
    case 'end of the year':
    case 'end of year':
    case 'last of the year':
      return { day: { year: today.year, month: 12, day: 31 }, name: 'the end of the year' };
    case 'first of the year':
    case 'beginning of the year':
      return { day: { year: today.year + 1, month: 1, day: 1 }, name: 'the beginning of the year' };
    case 'middle of the year':
      return { day: nextOf({ year: today.year, month: 7, day: 1 }, today), name: 'the middle of the year' };
    default:
      return undefined;
  }
}

/** "in three days", "two weeks from now", "a week from today", "ten days ago" */
function distance(text: string, today: CalendarDay): SpokenDay | undefined {
  const match = /^(?:in )?(.+?)( from now| from today| ago)?$/.exec(text);
  if (!match || (!text.startsWith('in ') && !match[2])) return undefined;
  const seconds = parseDuration(match[1]!);
  if (seconds === undefined) return undefined;
  const days = Math.floor(seconds / DAY_SECONDS);
  return { day: addDays(today, match[2] === ' ago' ? -days : days) };
}
