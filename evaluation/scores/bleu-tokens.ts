/** How a sentence is cut before n-grams are counted; names as sacrebleu's signature has them. */
export type BleuTokenizer = '13a' | 'zh';

/** Sacrebleu's tokenizers `13a` (that of mteval-v13a, WMT's) and `zh`. */
export function bleuTokens(sentence: string, tokenizer: BleuTokenizer): string[] {
  const line = trimmedEnd(sentence);
  const cut = tokenizer === 'zh' ? apart(line.trim()) : ` ${withoutMarkup(line)} `;
  return westernTokens(cut);
}

/** Python's `rstrip` and JavaScript's differ in what counts as blank; only ordinary blanks matter here. */
function trimmedEnd(sentence: string): string {
  return sentence.replace(/\s+$/u, '');
}

/** What the NIST files carry along. */
function withoutMarkup(line: string): string {
  return line
    .replaceAll('<skipped>', '')
    .replaceAll('-\n', '')
    .replaceAll('\n', ' ')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');
}

function westernTokens(line: string): string[] {
  return line
    .replace(/[{-~[-` -&(-+:-@/]/g, ' $& ')
    .replace(/([^0-9])([.,])/gu, '$1 $2 ')
    .replace(/([.,])([^0-9])/gu, ' $1 $2')
    .replace(/([0-9])(-)/g, '$1 $2 ')
    .split(/\s+/u)
    .filter((token) => token !== '');
}

/** Blocks whose characters stand alone; the two planes beyond U+FFFF are named by their first four digits, as sacrebleu does. */
const alone: readonly (readonly [number, number])[] = [
  [0x3400, 0x4db5],
  [0x4e00, 0x9fa5],
  [0x9fa6, 0x9fbb],
  [0xf900, 0xfa2d],
  [0xfa30, 0xfa6a],
  [0xfa70, 0xfad9],
  [0xff00, 0xffef],
  [0x2e80, 0x2eff],
  [0x3000, 0x303f],
  [0x31c0, 0x31ef],
  [0x2f00, 0x2fdf],
  [0x2ff0, 0x2fff],
  [0x3100, 0x312f],
  [0x31a0, 0x31bf],
  [0xfe10, 0xfe1f],
  [0xfe30, 0xfe4f],
  [0x2600, 0x26ff],
  [0x2700, 0x27bf],
  [0x3200, 0x32ff],
  [0x3300, 0x33ff],
];
/**
 * Sacrebleu means U+20000-2A6D6 and U+2F800-2FA1D but writes their bounds as four digits and one letter more, and
 * compares strings: what lies between "\u2000" "0" and "\u2a6d" "6", and between "\u2f80" "0" and "\u2fa1" "d".
 */
const astray: readonly (readonly [number, number])[] = [
  [0x2001, 0x2a6d],
  [0x2f81, 0x2fa1],
];

function apart(line: string): string {
  let cut = '';
  for (const character of line) cut += standsAlone(character.codePointAt(0)!) ? ` ${character} ` : character;
  return cut;
}

function standsAlone(code: number): boolean {
  return [...alone, ...astray].some(([first, last]) => code >= first && code <= last);
}
