import { readNumber } from './number-words.ts';
import { spokenWords } from './spoken-words.ts';

/** A time of day as said. Without a half of day the hour is 1..12 and means either of two times. */
export interface ClockTime {
  /** 0..23, or 1..12 when `eitherHalf`. */
  readonly hour: number;
  readonly minute: number;
  /** Nobody said whether morning or afternoon. */
  readonly eitherHalf: boolean;
}

type Half = 'am' | 'pm';
const FILLERS = new Set(['at', 'for', 'around', 'about', 'exactly', 'the']);

/**
 * "seven", "seven thirty p m", "half past six", "a quarter to nine in the morning", "five oh five", "noon",
 * "eighteen hundred", "fourteen thirty", "7:30 pm", "19:05". Undefined when it is no time of day.
 */
export function parseClockTime(phrase: string): ClockTime | undefined {
  let words = spokenWords(phrase).filter((word) => word !== 'sharp' && word !== "o'clock");
  while (words.length > 1 && FILLERS.has(words[0]!)) words = words.slice(1);
  const { half, rest, night } = takeHalf(words);
  if (rest.length === 1) {
    if (rest[0] === 'noon' || rest[0] === 'midday') return { hour: 12, minute: 0, eitherHalf: false };
    if (rest[0] === 'midnight') return { hour: 0, minute: 0, eitherHalf: false };
  }
  const dial = readDial(rest);
  if (!dial || dial.hour > 24 || dial.minute > 59) return undefined;
  if (dial.hour > 12 || dial.hour === 0) {
    return { hour: dial.hour % 24, minute: dial.minute, eitherHalf: false };
  }
  // "one at night" lies after midnight, "ten at night" before it.
  const known = night ? (dial.hour === 12 || dial.hour < 5 ? 'am' : 'pm') : half;
  if (!known) return { ...dial, eitherHalf: true };
  return { hour: (dial.hour % 12) + (known === 'pm' ? 12 : 0), minute: dial.minute, eitherHalf: false };
}

/** Takes "a m", "in the evening", "at night", "tonight" off the words. */
function takeHalf(words: readonly string[]): { half?: Half; night: boolean; rest: string[] } {
  const text = words.join(' ');
  const endings: [RegExp, Half | 'night'][] = [
    [/ ?\bam$/, 'am'],
    [/ ?\bpm$/, 'pm'],
    [/ ?\b(in the|this) morning$/, 'am'],
    [/ ?\b(in the|this) (afternoon|evening)$/, 'pm'],
    [/ ?\b(tonight|at night|in the night)$/, 'night'],
  ];
  for (const [ending, half] of endings) {
    if (!ending.test(text)) continue;
    const rest = text.replace(ending, '').split(' ').filter(Boolean);
    return half === 'night' ? { night: true, rest } : { half, night: false, rest };
  }
  return { night: false, rest: [...words] };
}

interface Dial {
  readonly hour: number;
  readonly minute: number;
}

function readDial(words: readonly string[]): Dial | undefined {
  return readWritten(words) ?? readPastOrTo(words) ?? readMilitary(words) ?? readHourMinute(words);
}

/** "7:30" */
function readWritten(words: readonly string[]): Dial | undefined {
  const match = words.length === 1 ? /^(\d{1,2}):(\d{2})$/.exec(words[0]!) : null;
  return match ? { hour: Number(match[1]), minute: Number(match[2]) } : undefined;
}

/** "half past six", "a quarter to nine", "twenty five minutes past two" */
function readPastOrTo(words: readonly string[]): Dial | undefined {
  const turn = words.findIndex((word) => ['past', 'after', 'to', 'before', 'of', 'till'].includes(word));
  if (turn < 1) return undefined;
  const amountWords = words.slice(0, turn).filter((word) => !['a', 'minutes', 'minute'].includes(word));
  const named = amountWords.length === 1 ? { half: 30, quarter: 15 }[amountWords[0]!] : undefined;
  const amount = named ?? wholeNumber(amountWords);
  const hour = wholeNumber(words.slice(turn + 1));
  if (amount === undefined || amount > 59 || hour === undefined || hour > 23) return undefined;
  if (words[turn] === 'past' || words[turn] === 'after') return { hour, minute: amount };
  const earlier = hour === 1 ? 12 : hour === 0 ? 23 : hour - 1;
  return amount === 0 ? { hour, minute: 0 } : { hour: earlier, minute: 60 - amount };
}

/** "eighteen hundred" */
function readMilitary(words: readonly string[]): Dial | undefined {
  if (words.at(-1) !== 'hundred' || words.length < 2) return undefined;
  const hour = wholeNumber(words.slice(0, -1).filter((word) => word !== 'oh' && word !== 'zero'));
  return hour === undefined ? undefined : { hour, minute: 0 };
}

/** "seven", "seven thirty", "five oh five", "twenty one fifteen" */
function readHourMinute(words: readonly string[]): Dial | undefined {
  // The longest hour first, so that "twenty one" is an hour and not twenty hours and one minute.
  for (const length of [2, 1]) {
    const hour = wholeNumber(words.slice(0, length));
    if (hour === undefined || hour > 24) continue;
    const rest = words.slice(length);
    if (rest.length === 0) return { hour, minute: 0 };
    const afterOh = rest[0] === 'oh' || rest[0] === 'o' || rest[0] === 'zero' ? rest.slice(1) : rest;
    const minute = wholeNumber(afterOh);
    const fits = minute !== undefined && minute < 60 && (afterOh !== rest ? minute < 10 : minute >= 10);
    if (fits) return { hour, minute };
  }
  return undefined;
}

function wholeNumber(words: readonly string[]): number | undefined {
  const found = words.length > 0 ? readNumber(words, 0) : undefined;
  return found && found.next === words.length && Number.isInteger(found.value) && found.value >= 0
    ? found.value
    : undefined;
}
