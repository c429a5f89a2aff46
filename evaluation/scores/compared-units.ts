import { bareCharacters, bareWords, chineseCharacters } from './chinese-characters.ts';
import { englishWords } from './english-words.ts';
import type { Unit } from './error-rate.ts';

export interface Comparison {
  readonly unit: Unit;
  readonly unitsOf: (text: string) => string[];
  /** What is done to both sides, for the report. */
  readonly rules: string;
}

/** How two sentences of a language are compared: words for most, characters for Chinese, Cantonese, Japanese. */
export function comparisonFor(language: string): Comparison {
  const plain = language.toLowerCase();
  if (/^(zh|cmn)\b/.test(plain))
    return {
      unit: 'character',
      unitsOf: chineseCharacters,
      rules: 'characters, numerals as said in Chinese',
    };
  if (/^(yue|ja|th|lo|my)\b/.test(plain))
    return { unit: 'character', unitsOf: bareCharacters, rules: 'characters without punctuation' };
  if (/^en\b/.test(plain))
    return { unit: 'word', unitsOf: englishWords, rules: 'words after the rules of Whisper’s normaliser' };
  return { unit: 'word', unitsOf: bareWords, rules: 'lower-case words without punctuation and accents' };
}
