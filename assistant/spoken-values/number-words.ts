import { spokenWords } from './spoken-words.ts';

const UNITS = new Map(
  [
    'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen',
    'sixteen seventeen eighteen nineteen',
  ]
    .join(' ')
    .split(' ')
    .map((word, value) => [word, value]),
);
const TENS = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((word, index) => [word, 20 + 10 * index]),
);
const SCALES = new Map([
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
]);
const ORDINALS = new Map<string, number>([
  ['zeroth', 0],
  ['first', 1],
  ['second', 2],
  ['third', 3],
  ['fifth', 5],
  ['eighth', 8],
  ['ninth', 9],
  ['twelfth', 12],
  ...[...UNITS]
    .filter(([word]) => !/one$|two$|three$|five$|eight$|nine$|twelve$|zero/.test(word))
    .map(plusTh),
  ...[...TENS].map(([word, value]): [string, number] => [word.replace(/y$/, 'ieth'), value]),
]);

function plusTh([word, value]: [string, number]): [string, number] {
  return [`${word}th`, value];
}

/** A number found at some place of a word list; `next` is the place behind it. */
export interface NumberAt {
  readonly value: number;
  readonly next: number;
}

/** The whole phrase as a number: "twenty five", "minus three point one four", "a hundred and five", "1,250". */
export function parseNumber(phrase: string): number | undefined {
  const words = spokenWords(phrase);
  const found = readNumber(words, 0);
  return found && found.next === words.length ? found.value : undefined;
}

/** "third", "twenty first", "3rd" */
export function parseOrdinal(phrase: string): number | undefined {
  const words = spokenWords(phrase);
  const found = readOrdinal(words, 0);
  return found && found.next === words.length ? found.value : undefined;
}

export function readOrdinal(words: readonly string[], start: number): NumberAt | undefined {
  const word = words[start] ?? '';
  const written = /^(\d+)(st|nd|rd|th)$/.exec(word);
  if (written) return { value: Number(written[1]), next: start + 1 };
  const tens = TENS.get(word);
  const unit = ORDINALS.get(words[start + 1] ?? '');
  if (tens !== undefined && unit !== undefined && unit > 0 && unit < 10) {
    return { value: tens + unit, next: start + 2 };
  }
  const plain = ORDINALS.get(word);
  return plain === undefined ? undefined : { value: plain, next: start + 1 };
}

/** The longest number that begins at a place of a word list. */
export function readNumber(words: readonly string[], start: number): NumberAt | undefined {
  const first = words[start] ?? '';
  if (first === 'minus' || first === 'negative') {
    const found = readNumber(words, start + 1);
    return found && { value: -found.value, next: found.next };
  }
  const whole = readWhole(words, start);
  const point = whole?.next ?? start;
  const decimals = words[point] === 'point' ? readDecimals(words, point + 1) : undefined;
  if (decimals) return withScale(words, { value: (whole?.value ?? 0) + decimals.value, next: decimals.next });
  return whole && withHalf(words, whole);
}

/** "two and a half" */
function withHalf(words: readonly string[], whole: NumberAt): NumberAt {
  const [and, article, fraction] = words.slice(whole.next, whole.next + 3);
  if (and !== 'and') return whole;
  const amount = article === 'a' && fraction === 'half' ? 0.5 : 0;
  const quarters = fraction === 'quarter' || fraction === 'quarters';
  if (amount) return { value: whole.value + amount, next: whole.next + 3 };
  if (quarters && article === 'a') return { value: whole.value + 0.25, next: whole.next + 3 };
  if (quarters && article === 'three') return { value: whole.value + 0.75, next: whole.next + 3 };
  return whole;
}

/** "one point five million" */
function withScale(words: readonly string[], found: NumberAt): NumberAt {
  const scale = SCALES.get(words[found.next] ?? '');
  return scale ? { value: found.value * scale, next: found.next + 1 } : found;
}

/** Digits after "point": "one four", "two five", "fourteen". */
function readDecimals(words: readonly string[], start: number): NumberAt | undefined {
  let digits = '';
  let next = start;
  for (; next < words.length; next++) {
    const word = words[next]!;
    const unit = word === 'oh' || word === 'o' ? 0 : UNITS.get(word);
    const tens = TENS.get(word);
    if (unit !== undefined) digits += String(unit);
    else if (/^\d+$/.test(word)) digits += word;
    else if (tens !== undefined) {
      const after = UNITS.get(words[next + 1] ?? '');
      const joins = after !== undefined && after > 0 && after < 10;
      digits += String(joins ? tens + after : tens);
      if (joins) next++;
    } else break;
  }
  return digits === '' ? undefined : { value: Number(`0.${digits}`), next };
}

function readWhole(words: readonly string[], start: number): NumberAt | undefined {
  let total = 0;
  let lastScale = Infinity;
  let next = start;
  for (;;) {
    const group = readGroup(words, next);
    if (!group) break;
    const scale = SCALES.get(words[group.next] ?? '');
    if (scale === undefined) {
      // A part below the last scale ends the number; one that does not fit below it is another number.
      if (group.value >= lastScale) break;
      return { value: total + group.value, next: group.next };
    }
    if (scale >= lastScale) break;
    total += group.value * scale;
    lastScale = scale;
    next = group.next + 1;
    if (words[next] === 'and' && readGroup(words, next + 1, true)) next++;
  }
  return next === start ? undefined : { value: total, next };
}

/** A number below a thousand, or digits as written. `strict` leaves "a" and "an" alone. */
function readGroup(words: readonly string[], start: number, strict = false): NumberAt | undefined {
  const word = words[start] ?? '';
  if (/^[+-]?\d+(\.\d+)?$/.test(word)) return { value: Number(word), next: start + 1 };
  const following = words[start + 1] ?? '';
  const isArticle = word === 'a' || word === 'an';
  if (isArticle && (following === 'hundred' || (SCALES.has(following) && !strict))) {
    return following === 'hundred'
      ? readBelowHundredAfter(words, start + 2, 100)
      : { value: 1, next: start + 1 };
  }
  const small = readBelowHundred(words, start);
  if (!small) return undefined;
  const century = readAfterCentury(words, small);
  if (century) return century;
  if (words[small.next] === 'hundred' && small.value > 0) {
    return readBelowHundredAfter(words, small.next + 1, small.value * 100);
  }
  return small;
}

/** The rest behind "hundred", with or without "and". */
function readBelowHundredAfter(words: readonly string[], start: number, hundreds: number): NumberAt {
  const restStart = words[start] === 'and' ? start + 1 : start;
  const rest = readBelowHundred(words, restStart);
  // "two hundred and three hundred" and "two hundred and three thousand" differ: only the first is two numbers.
  if (!rest || rest.value === 0 || words[rest.next] === 'hundred') return { value: hundreds, next: start };
  return { value: hundreds + rest.value, next: rest.next };
}

/** "nineteen eighty four" is 1984, as a year is said. */
function readAfterCentury(words: readonly string[], century: NumberAt): NumberAt | undefined {
  if (century.value < 13 || century.value > 20) return undefined;
  const rest = readBelowHundred(words, century.next);
  const joins = rest && (rest.value >= 10 || (century.value === 19 && rest.value > 0));
  if (!joins || words[rest.next] === 'hundred' || SCALES.has(words[rest.next] ?? '')) return undefined;
  return { value: century.value * 100 + rest.value, next: rest.next };
}

function readBelowHundred(words: readonly string[], start: number): NumberAt | undefined {
  const word = words[start] ?? '';
  const unit = UNITS.get(word);
  if (unit !== undefined) return { value: unit, next: start + 1 };
  const tens = TENS.get(word);
  if (tens === undefined) return undefined;
  const after = UNITS.get(words[start + 1] ?? '');
  const joins = after !== undefined && after > 0 && after < 10;
  return joins ? { value: tens + after, next: start + 2 } : { value: tens, next: start + 1 };
}
