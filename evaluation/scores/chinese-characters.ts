import { chineseNumerals } from './chinese-numbers.ts';
import { plainLetters, withoutAsides } from './plain-letters.ts';

/**
 * The characters of a sentence in a language that writes no blanks, as the field compares them: full and half width are
 * one (NFKC), case, blanks, punctuation and symbols go, and numerals are said in Chinese. Traditional and simplified
 * characters stay apart.
 */
export function chineseCharacters(text: string): string[] {
  const said = chineseNumerals(withoutAsides(text.normalize('NFKC').toLowerCase()));
  return [...said.replace(/[\s\p{P}\p{S}\p{Z}]/gu, '')];
}

/** For Japanese and Cantonese: as above, but numerals stay what they are. */
export function bareCharacters(text: string): string[] {
  return [...withoutAsides(text.normalize('NFKC').toLowerCase()).replace(/[\s\p{P}\p{S}\p{Z}]/gu, '')];
}

/** For languages without rules of their own: lower case without punctuation and accents. */
export function bareWords(text: string): string[] {
  return plainLetters(withoutAsides(text.toLowerCase()))
    .split(/\s+/)
    .filter((word) => word !== '');
}
