import { readNumber } from './number-words.ts';
import { spokenWords } from './spoken-words.ts';

const UNIT_SECONDS = new Map(
  Object.entries({
    second: 1,
    sec: 1,
    minute: 60,
    min: 60,
    hour: 3600,
    hr: 3600,
    day: 86_400,
    week: 604_800,
    fortnight: 1_209_600,
    month: 2_592_000,
    year: 31_536_000,
  }),
);
/** What people mean by these, near enough for a timer. */
const VAGUE_AMOUNTS = new Map([
  ['couple', 2],
  ['few', 3],
  ['several', 5],
  ['some', 5],
]);

function unitSeconds(word: string | undefined): number | undefined {
  return word === undefined ? undefined : UNIT_SECONDS.get(word.replace(/s$/, ''));
}

/**
 * Seconds: "twenty five minutes", "an hour and a half", "half an hour", "one hour thirty", "three quarters of
 * an hour", "two and a half minutes", "a couple of minutes". Undefined when it is no duration.
 */
export function parseDuration(phrase: string): number | undefined {
  const words = spokenWords(phrase).filter((word) => word !== 'of' && word !== 'about' && word !== 'exactly');
  let seconds = 0;
  let at = 0;
  let lastUnit: number | undefined;
  while (at < words.length) {
    const part = readPart(words, at, lastUnit);
    if (!part) return undefined;
    seconds += part.seconds;
    at = part.next;
    lastUnit = part.unit;
    if (words[at] === 'and' && at + 1 < words.length) at++;
  }
  return seconds > 0 ? seconds : undefined;
}

interface Part {
  readonly seconds: number;
  readonly unit: number;
  readonly next: number;
}

function readPart(words: readonly string[], start: number, lastUnit: number | undefined): Part | undefined {
  return (
    readFraction(words, start, lastUnit) ?? readVague(words, start) ?? readCounted(words, start, lastUnit)
  );
}

/** "half an hour", "a half hour", "three quarters an hour"; behind another part "a half" halves its unit. */
function readFraction(words: readonly string[], start: number, lastUnit?: number): Part | undefined {
  let at = start;
  let share = 1;
  if (words[at] === 'three' && /^quarters?$/.test(words[at + 1] ?? '')) {
    share = 3;
    at++;
  } else if (isArticle(words[at]) && /^(half|quarter)$/.test(words[at + 1] ?? '')) at++;
  else if (words[at] === 'one' && /^(half|quarter)$/.test(words[at + 1] ?? '')) at++;
  const word = words[at] ?? '';
  if (!/^(half|quarters?)$/.test(word)) return undefined;
  share *= word === 'half' ? 0.5 : 0.25;
  at++;
  const named = isArticle(words[at]) ? at + 1 : at;
  const unit = unitSeconds(words[named]);
  if (unit !== undefined) return { seconds: share * unit, unit, next: named + 1 };
  return lastUnit === undefined ? undefined : { seconds: share * lastUnit, unit: lastUnit, next: at };
}

/** "a couple minutes", "several hours" */
function readVague(words: readonly string[], start: number): Part | undefined {
  const at = isArticle(words[start]) ? start + 1 : start;
  const amount = VAGUE_AMOUNTS.get(words[at] ?? '');
  const unit = unitSeconds(words[at + 1]);
  return amount && unit ? { seconds: amount * unit, unit, next: at + 2 } : undefined;
}

/** "a minute", "one and a half hours", "an and a half hour", "ninety seconds"; "one hour thirty". */
function readCounted(words: readonly string[], start: number, lastUnit?: number): Part | undefined {
  const number = isArticle(words[start])
    ? (readNumber(words, start) ?? { value: 1, next: start + 1 })
    : readNumber(words, start);
  if (!number) return undefined;
  let { value, next } = number;
  if (words[next] === 'and' && isArticle(words[next + 1]) && words[next + 2] === 'half') {
    value += 0.5;
    next += 3;
  }
  const unit = unitSeconds(words[next]);
  if (unit !== undefined) return { seconds: value * unit, unit, next: next + 1 };
  const smaller = lastUnit === 3600 ? 60 : lastUnit === 60 ? 1 : undefined;
  return smaller && next === words.length ? { seconds: value * smaller, unit: smaller, next } : undefined;
}

function isArticle(word: string | undefined): boolean {
  return word === 'a' || word === 'an';
}
