/** Letters that stay whole when a character is decomposed. */
const undecomposed: Readonly<Record<string, string>> = {
  œ: 'oe',
  ø: 'o',
  æ: 'ae',
  ß: 'ss',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
};

/** Lower-case text without accents; marks, symbols and punctuation become blanks, but for those in `keep`. */
export function plainLetters(text: string, keep = ''): string {
  let plain = '';
  for (const letter of text.normalize('NFKD')) {
    if (keep.includes(letter)) plain += letter;
    else if (undecomposed[letter] !== undefined) plain += undecomposed[letter];
    else if (/\p{Mn}/u.test(letter)) continue;
    else plain += /[\p{M}\p{S}\p{P}]/u.test(letter) ? ' ' : letter;
  }
  return plain;
}

/** Annotations in brackets and parentheses are not said. */
export function withoutAsides(text: string): string {
  return text.replace(/[<[][^>\]]*[>\]]/g, '').replace(/\([^)]+?\)/g, '');
}
