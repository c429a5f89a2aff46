import {
  currencies,
  endedMultipliers,
  endedOnes,
  endedTens,
  isNumberWord,
  joiners,
  multipliers,
  ones,
  signs,
  tens,
  zeros,
  type Ended,
} from './english-number-words.ts';

const NUMERAL = /^\d+(\.\d+)?$/;
const AND_A_HALF = /(\S+)(\s+)and\s+a\s+half\b/g;
const HALF_OF_MANY = new RegExp(
  `\\b(?:a\\s+half\\s+|half\\s+(?:a\\s+)?)(${[...multipliers.keys()].join('|')})\\b`,
  'g',
);

/**
 * Numbers in words as numerals, read as Whisper's normaliser reads them: "two thousand and five" is 2005, "nineteen
 * ninety nine" 1999, "double oh seven" 007, "two dollars and seventy cents" $2.70.
 *
 * @param text lower case, without punctuation but `.%$¢€£`
 */
export function numeralsForWords(text: string): string {
  const words = spaced(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  const read = new NumberReader(words).read().join(' ');
  return read
    .replace(
      /([€£$])([0-9]+) (?:and )?¢([0-9]{1,2})\b/g,
      (_all, sign: string, whole: string, cents: string) => {
        return `${sign}${whole}.${cents.padStart(2, '0')}`;
      },
    )
    .replace(/[€£$]0.([0-9]{1,2})\b/g, (_all, cents: string) => `¢${Number(cents)}`)
    .replace(/\b1(s?)\b/g, 'one$1');
}

function spaced(text: string): string {
  return text
    .replace(AND_A_HALF, (all, before: string, blank: string) => {
      const isNumber = ones.has(before) || tens.has(before) || zeros.has(before) || multipliers.has(before);
      return isNumber ? `${before}${blank}point five` : all;
    })
    .replace(HALF_OF_MANY, '0.5 $1')
    .replace(/([a-z])([0-9])/g, '$1 $2')
    .replace(/([0-9])([a-z])/g, '$1 $2')
    .replace(/([0-9])\s+(st|nd|rd|th|s)\b/g, '$1$2');
}

/** Walks over words and keeps the number that is being said: a value that can still grow, or digits that can only be added to. */
class NumberReader {
  readonly #words: readonly string[];
  readonly #written: string[] = [];
  #sign = '';
  #value: bigint | string | undefined;

  constructor(words: readonly string[]) {
    this.#words = words;
  }

  read(): string[] {
    for (let at = 0; at < this.#words.length; at += 1) {
      if (this.#take(this.#words[at]!, this.#words[at - 1], this.#words[at + 1])) at += 1;
    }
    this.#finish();
    return this.#written;
  }

  /** Whether the next word was taken as well. */
  #take(word: string, before: string | undefined, after: string | undefined): boolean {
    const sign = /^[-+£€$¢]/.test(word) ? word[0]! : '';
    const bare = word.slice(sign.length);
    const ended = endedOnes.get(word) ?? endedTens.get(word);
    if (NUMERAL.test(bare)) this.#numeral(word, sign, bare);
    else if (!isNumberWord(word)) this.#plain(word);
    else if (zeros.has(word)) this.#value = `${this.#value || ''}0`;
    else if (ones.has(word)) this.#value = this.#grown(ones.get(word)!, before);
    else if (tens.has(word)) this.#value = this.#grown(tens.get(word)!, undefined);
    else if (ended) this.#end(ended, endedOnes.has(word) ? before : undefined);
    else if (multipliers.has(word)) this.#value = this.#multiplied(multipliers.get(word)!);
    else if (endedMultipliers.has(word)) this.#endMultiplied(endedMultipliers.get(word)!);
    else if (signs.has(word)) this.#takeSign(word, after);
    else if (currencies.has(word)) this.#takeCurrency(word);
    else if (word === 'per' || word === 'percent') return this.#takePercent(word, after);
    else return this.#join(word, before, after);
    return false;
  }

  #numeral(word: string, sign: string, bare: string): void {
    if (typeof this.#value === 'string' && this.#value.endsWith('.')) {
      this.#value += word;
      return;
    }
    this.#finish();
    this.#sign = sign || this.#sign;
    this.#value = /\.\d*[1-9]/.test(bare) ? bare : BigInt(bare.split('.')[0]!);
  }

  /** The number so far with more behind it: added where its end is empty, else written behind it. */
  #grown(more: bigint, before: string | undefined): bigint | string {
    const value = this.#value;
    if (value === undefined) return more;
    if (typeof value === 'string' || (before !== undefined && ones.has(before))) {
      const fitsAfterTen = before !== undefined && tens.has(before) && more < 10n;
      return fitsAfterTen ? `${String(value).slice(0, -1)}${more}` : `${value}${more}`;
    }
    const room = more < 10n ? 10n : 100n;
    return value % room === 0n ? value + more : `${value}${more}`;
  }

  #end({ value, ending }: Ended, before: string | undefined): void {
    this.#write(`${this.#grown(value, before)}${ending}`);
  }

  #multiplied(multiplier: bigint): bigint {
    const value = this.#value;
    if (value === undefined) return multiplier;
    if (typeof value === 'string' || value === 0n) {
      const product = wholeProduct(String(value), multiplier);
      if (product !== undefined) return product;
      this.#finish();
      return multiplier;
    }
    const thousands = value - (value % 1000n);
    return thousands + (value % 1000n) * multiplier;
  }

  #endMultiplied({ value, ending }: Ended): void {
    this.#write(`${this.#multiplied(value)}${ending}`);
  }

  #takeSign(word: string, after: string | undefined): void {
    this.#finish();
    if (isNumberWord(after) || NUMERAL.test(after ?? '')) this.#sign = signs.get(word)!;
    else this.#plain(word);
  }

  #takeCurrency(word: string): void {
    if (this.#value === undefined) {
      this.#plain(word);
      return;
    }
    this.#sign = currencies.get(word)!;
    this.#finish();
  }

  #takePercent(word: string, after: string | undefined): boolean {
    const isPercent = word === 'percent' || after === 'cent';
    if (this.#value !== undefined && isPercent) {
      this.#write(`${this.#value}%`);
      return word === 'per';
    }
    this.#plain(word);
    return false;
  }

  #join(word: string, before: string | undefined, after: string | undefined): boolean {
    const goesOn = isNumberWord(after) || NUMERAL.test(after ?? '');
    if (!joiners.has(word) || !goesOn) {
      this.#plain(word);
      return false;
    }
    if (word === 'and') {
      if (before === undefined || !multipliers.has(before)) this.#plain(word);
      return false;
    }
    if (word === 'point') {
      const isDecimal = ones.has(after!) || tens.has(after!) || zeros.has(after!) || NUMERAL.test(after!);
      if (isDecimal) this.#value = `${this.#value || ''}.`;
      return false;
    }
    const digit = zeros.has(after!) ? 0n : ones.get(after!);
    if (digit === undefined) {
      this.#plain(word);
      return false;
    }
    this.#value = `${this.#value || ''}${String(digit).repeat(word === 'double' ? 2 : 3)}`;
    return true;
  }

  #plain(word: string): void {
    this.#finish();
    this.#write(word);
  }

  #finish(): void {
    if (this.#value !== undefined) this.#write(String(this.#value));
  }

  #write(text: string): void {
    this.#written.push(this.#sign + text);
    this.#sign = '';
    this.#value = undefined;
  }
}

/** Undefined when the product of the decimal number and the multiplier is not whole. */
function wholeProduct(number: string, multiplier: bigint): bigint | undefined {
  const [, whole, fraction = ''] = /^(\d*)(?:\.(\d*))?$/.exec(number) ?? [];
  if (whole === undefined || whole + fraction === '') return undefined;
  const scale = 10n ** BigInt(fraction.length);
  const product = BigInt(whole + fraction) * multiplier;
  return product % scale === 0n ? product / scale : undefined;
}
