import { numeralsForWords } from './english-numbers.ts';
import { americanSpelling } from './english-spelling.ts';
import { plainLetters, withoutAsides } from './plain-letters.ts';

const hesitations = /\b(hmm|mm|mhm|mmm|uh|um)\b/g;
const KEPT_SYMBOLS = '.%$¢€£';

/** Whole words first, then endings; the order counts. */
const spelledOut: readonly (readonly [RegExp, string])[] = [
  ...Object.entries({
    "won't": 'will not',
    "can't": 'can not',
    "let's": 'let us',
    "ain't": 'aint',
    "y'all": 'you all',
    wanna: 'want to',
    gotta: 'got to',
    gonna: 'going to',
    "i'ma": 'i am going to',
    imma: 'i am going to',
    woulda: 'would have',
    coulda: 'could have',
    shoulda: 'should have',
    "ma'am": 'madam',
    mr: 'mister ',
    mrs: 'missus ',
    st: 'saint ',
    dr: 'doctor ',
    prof: 'professor ',
    capt: 'captain ',
    gov: 'governor ',
    ald: 'alderman ',
    gen: 'general ',
    sen: 'senator ',
    rep: 'representative ',
    pres: 'president ',
    rev: 'reverend ',
    hon: 'honorable ',
    asst: 'assistant ',
    assoc: 'associate ',
    lt: 'lieutenant ',
    col: 'colonel ',
    jr: 'junior ',
    sr: 'senior ',
    esq: 'esquire ',
  }).map(([short, long]) => [new RegExp(`\\b${short}\\b`, 'g'), long] as const),
  ...Object.entries({
    "'d been": ' had been',
    "'s been": ' has been',
    "'d gone": ' had gone',
    "'s gone": ' has gone',
    "'d done": ' had done',
    "'s got": ' has got',
    "n't": ' not',
    "'re": ' are',
    "'s": ' is',
    "'d": ' would',
    "'ll": ' will',
    "'t": ' not',
    "'ve": ' have',
    "'m": ' am',
  }).map(([short, long]) => [new RegExp(`${short}\\b`, 'g'), long] as const),
];

/**
 * The words of an English sentence as the field compares them: the rules of Whisper's normaliser (Radford et al. 2022,
 * appendix C). Case, punctuation, hesitations and asides go; contractions are spelled out, numbers become numerals and
 * spelling American. Only the list of spellings is our own, shorter one.
 */
export function englishWords(text: string): string[] {
  return normalisedEnglish(text)
    .split(' ')
    .filter((word) => word !== '');
}

export function normalisedEnglish(text: string): string {
  let plain = withoutAsides(text.toLowerCase().replaceAll('’', "'"))
    .replace(hesitations, '')
    .replace(/\s+'/g, "'");
  for (const [short, long] of spelledOut) plain = plain.replace(short, long);
  plain = plain.replace(/(\d),(\d)/g, '$1$2').replace(/\.([^0-9]|$)/g, ' $1');
  plain = americanSpelling(numeralsForWords(plainLetters(plain, KEPT_SYMBOLS)));
  return plain
    .replace(/([$¢€£])\s+([0-9])/g, '$1$2')
    .replace(/([0-9])\s+%/g, '$1%')
    .replace(/[.$¢€£]([^0-9])/g, ' $1')
    .replace(/([^0-9])%/g, '$1 ')
    .replace(/\s+/g, ' ')
    .trim();
}
