import { parseNumber } from './number-words.ts';

const NAMED_LEVELS = new Map([
  ['maximum', 100],
  ['max', 100],
  ['full', 100],
  ['half', 50],
  ['medium', 50],
  ['middle', 50],
  ['minimum', 10],
  ['min', 10],
]);

/** 0..100: "sixty percent", "forty", "the maximum", "half". Undefined when it is no level. */
export function parsePercentLevel(phrase: string): number | undefined {
  const words = phrase
    .toLowerCase()
    .replace(/%/g, ' percent')
    .replace(/\b(the|percent|volume)\b/g, ' ')
    .trim()
    .replace(/\s+/g, ' ');
  const level = NAMED_LEVELS.get(words) ?? parseNumber(words);
  return level !== undefined && level >= 0 && level <= 100 ? level : undefined;
}
