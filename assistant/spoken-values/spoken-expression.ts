import { readNumber, readOrdinal } from './number-words.ts';
import { spokenWords } from './spoken-words.ts';

/** What is done with the numbers when it is said before them: "subtract {five from nine}", "the sum of {...}". */
export type ArithmeticVerb = 'add' | 'subtract' | 'multiply' | 'divide' | 'difference';

const VERBS: readonly (readonly [RegExp, ArithmeticVerb])[] = [
  [/(?:\badd|\bsum of|\btotal of)$/, 'add'],
  [/\b(?:subtract|take|deduct)$/, 'subtract'],
  [/(?:\bmultiply|\bproduct of)$/, 'multiply'],
  [/\bdivide$/, 'divide'],
  [/\bdifference (?:of|between)$/, 'difference'],
];
const SPOKEN_VERB =
  /^(?:the )?(?:add|sum of|total of|subtract|take|deduct|multiply|product of|divide|difference (?:of|between)) /;

/** The verb that some words end with. */
export function verbAtEnd(words: string): ArithmeticVerb | undefined {
  return VERBS.find(([ending]) => ending.test(words.trim()))?.[1];
}

const CURRENCY = new Set(['dollar', 'dollars', 'euro', 'euros', 'pound', 'pounds', 'yen', 'francs', 'cents']);
const SHARES: readonly (readonly [words: string, expression: string])[] = [
  ['half', '1 / 2'],
  ['one half', '1 / 2'],
  ['a half', '1 / 2'],
  ['a third', '1 / 3'],
  ['one third', '1 / 3'],
  ['two thirds', '2 / 3'],
  ['a quarter', '1 / 4'],
  ['one quarter', '1 / 4'],
  ['three quarters', '3 / 4'],
  ['a fifth', '1 / 5'],
  ['one fifth', '1 / 5'],
  ['a tenth', '1 / 10'],
  ['one tenth', '1 / 10'],
];

/**
 * A sum as said, as an expression with digits and signs: "twelve times four" -> "12 * 4", "fifteen percent of
 * eighty" -> "15 / 100 * 80", "the square root of two" -> "sqrt(2)". Written sums pass too. Undefined when it
 * is no sum.
 */
export function parseSpokenExpression(phrase: string, verb?: ArithmeticVerb): string | undefined {
  const words = expressionWords(phrase.replace(/\b(together|up)$/, ''));
  if (words.length === 0) return undefined;
  const beginning = SPOKEN_VERB.exec(`${words.join(' ')} `)?.[0].trim() ?? '';
  const action = verbAtEnd(beginning) ?? verb;
  const rest = beginning === '' ? words : words.slice(beginning.split(' ').length);
  const withVerb = action && parseWithVerb(rest, action);
  return withVerb ?? new ExpressionReader(words).readAll();
}

/** Signs become words of their own; currencies and politeness go. */
function expressionWords(phrase: string): string[] {
  const spaced = phrase
    .replace(/×/g, '*')
    .replace(/÷/g, '/')
    .replace(/([+*/^()])/g, ' $1 ');
  return spokenWords(spaced.replace(/(\d|\))\s*-\s*(?=[\d(])/g, '$1 minus '))
    .flatMap((word) => (word.match(/^-\D+$/) ? ['minus', word.slice(1)] : [word]))
    .filter((word) => !CURRENCY.has(word) && word !== 'equals' && word !== 'please' && word !== '$');
}

/** Numbers joined by the little words that only make sense with the verb. */
function parseWithVerb(words: readonly string[], verb: ArithmeticVerb): string | undefined {
  const numbers = splitAtJoints(words, JOINTS[verb]);
  if (!numbers || numbers.length < 2) return undefined;
  switch (verb) {
    case 'add':
      return numbers.join(' + ');
    case 'multiply':
      return numbers.join(' * ');
    case 'divide':
      return numbers.join(' / ');
    case 'subtract':
      return [...numbers].reverse().join(' - ');
    case 'difference':
      return numbers.length === 2 ? `abs(${numbers.join(' - ')})` : undefined;
  }
}

const JOINTS: Readonly<Record<ArithmeticVerb, readonly string[]>> = {
  add: ['and', 'to', 'plus', 'with'],
  subtract: ['from'],
  multiply: ['by', 'and', 'with'],
  divide: ['by', 'into'],
  difference: ['and'],
};

function splitAtJoints(words: readonly string[], joints: readonly string[]): string[] | undefined {
  const numbers: string[] = [];
  let at = 0;
  while (at < words.length) {
    const found = readNumber(words, at);
    if (!found) return undefined;
    numbers.push(written(found.value));
    at = found.next;
    if (at < words.length && joints.includes(words[at]!)) at++;
  }
  return numbers.length === 1 && joints.includes('and') ? hiddenPair(words) : numbers;
}

/** "Add five hundred and six" is not 506 but a pair: what stands before and behind an "and". */
function hiddenPair(words: readonly string[]): string[] | undefined {
  for (let and = words.indexOf('and'); and > 0; and = words.indexOf('and', and + 1)) {
    const parts = [words.slice(0, and), words.slice(and + 1)];
    const numbers = parts.map((part) => {
      const found = readNumber(part, 0);
      return found?.next === part.length ? written(found.value) : undefined;
    });
    if (numbers.every((number) => number !== undefined)) return numbers as string[];
  }
  return undefined;
}

function written(value: number): string {
  return value < 0 ? `(${value})` : String(value);
}

/** "(5 + 6)" -> "5 + 6", but "(1 + 2) * (3 + 4)" and "(-5)" stay. */
function withoutOuterBrackets(sum: string): string {
  return /^\([^()]* [^()]*\)$/.test(sum) ? sum.slice(1, -1) : sum;
}

/** Recursive descent over the words: sums of products of powers. */
class ExpressionReader {
  private readonly words: readonly string[];
  private at = 0;

  constructor(words: readonly string[]) {
    this.words = words;
  }

  readAll(): string | undefined {
    while (
      ['what', 'is', 'the', "what's", 'result', 'of'].includes(this.words[this.at] ?? '') &&
      !this.seesNamed()
    ) {
      this.at++;
    }
    const sum = this.readSum();
    return this.at === this.words.length && sum !== undefined ? withoutOuterBrackets(sum) : undefined;
  }

  private seesNamed(): boolean {
    return /^(the )?(square|cube|sum|product|difference|half|double)/.test(
      this.words.slice(this.at).join(' '),
    );
  }

  /** True, and steps over them, when these words come next. */
  private takes(...expected: readonly string[]): boolean {
    if (!expected.every((word, index) => this.words[this.at + index] === word)) return false;
    this.at += expected.length;
    return true;
  }

  private readSum(): string | undefined {
    let sum = this.readProduct();
    while (sum !== undefined) {
      const sign =
        this.takes('plus') || this.takes('+') || this.takes('and') ? '+' : this.takesMinus() ? '-' : '';
      if (sign === '') return sum;
      const product = this.readProduct();
      if (product === undefined) return undefined;
      sum = this.takes('percent') ? `(${sum}) * (1 ${sign} ${product} / 100)` : `${sum} ${sign} ${product}`;
    }
    return undefined;
  }

  private takesMinus(): boolean {
    return this.takes('minus') || this.takes('less') || this.takes('-');
  }

  private readProduct(): string | undefined {
    let product = this.readPower();
    while (product !== undefined) {
      const sign = this.takeProductSign();
      if (sign === '') return product;
      const power = this.readPower();
      product = power === undefined ? undefined : `${product} ${sign} ${power}`;
    }
    return undefined;
  }

  private takeProductSign(): string {
    if (this.takes('times') || this.takes('multiplied', 'by') || this.takes('x') || this.takes('*'))
      return '*';
    if (this.takes('divided', 'by') || this.takes('over') || this.takes('/')) return '/';
    return this.takes('modulo') || this.takes('mod') ? 'mod' : '';
  }

  private readPower(): string | undefined {
    let power = this.readPrefixed() ?? this.readAtom();
    while (power !== undefined) {
      if (this.takes('squared')) power = `${power}^2`;
      else if (this.takes('cubed')) power = `${power}^3`;
      else if (this.takes('factorial')) power = `${power}!`;
      else if (
        this.takes('^') ||
        this.takes('to', 'the', 'power', 'of') ||
        this.takes('to', 'the', 'power')
      ) {
        const exponent = this.readAtom();
        power = exponent === undefined ? undefined : `${power}^${exponent}`;
      } else if (this.takes('to', 'the')) {
        const exponent = readOrdinal(this.words, this.at);
        if (!exponent) return undefined;
        this.at = exponent.next;
        this.takes('power');
        power = `${power}^${exponent.value}`;
      } else if (this.takes('percent', 'of')) {
        const whole = this.readPower();
        power = whole === undefined ? undefined : `(${power} / 100 * ${whole})`;
      } else return power;
    }
    return undefined;
  }

  /** "the square root of", "half of", "the sum of ... and ...", "twice". */
  private readPrefixed(): string | undefined {
    const start = this.at;
    this.takes('the');
    const named = this.readNamed() ?? this.readShare();
    if (named === undefined) this.at = start;
    return named;
  }

  private readNamed(): string | undefined {
    const of = (build: (operand: string) => string) => {
      this.takes('of');
      const operand = this.readAtom();
      return operand === undefined ? undefined : build(operand);
    };
    if (this.takes('square', 'root')) return of((x) => `sqrt(${x})`);
    if (this.takes('cube', 'root')) return of((x) => `cbrt(${x})`);
    if (this.takes('sqrt')) return of((x) => `sqrt(${x})`);
    if (this.takes('square')) return of((x) => `${x}^2`);
    if (this.takes('cube')) return of((x) => `${x}^3`);
    if (this.takes('twice') || this.takes('double')) return of((x) => `(2 * ${x})`);
    if (this.takes('sum', 'of')) return this.readPair((a, b) => `(${a} + ${b})`);
    if (this.takes('product', 'of')) return this.readPair((a, b) => `(${a} * ${b})`);
    return undefined;
  }

  private readPair(build: (a: string, b: string) => string): string | undefined {
    const first = this.readAtom();
    if (first === undefined || !this.takes('and')) return undefined;
    const second = this.readAtom();
    return second === undefined ? undefined : build(first, second);
  }

  private readShare(): string | undefined {
    for (const [words, share] of SHARES) {
      if (!this.takes(...words.split(' '), 'of')) continue;
      const whole = this.readAtom();
      return whole === undefined ? undefined : `(${share} * ${whole})`;
    }
    return undefined;
  }

  private readAtom(): string | undefined {
    if (this.takes('(')) {
      const inner = this.readSum();
      return inner !== undefined && this.takes(')') ? `(${inner})` : undefined;
    }
    if (this.takes('pi')) return 'pi';
    const found = readNumber(this.words, this.at);
    if (!found) return undefined;
    this.at = found.next;
    return written(found.value);
  }
}
