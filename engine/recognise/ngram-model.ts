import type { LanguageModel } from './language-model.ts';

/**
 * The n-grams of one order, sorted by context and word. Row r of order n has its continuations in rows
 * `children[r] .. children[r + 1] - 1` of order n + 1. Log-probabilities and back-off weights are codes of a table.
 */
export interface NgramLevel {
  /** Last word of each row; undefined for order 1, whose rows are the word ids. */
  readonly words: Uint16Array | undefined;
  readonly logCodes: Uint8Array;
  /** Undefined for the highest order, as are the children. */
  readonly backoffCodes: Uint8Array | undefined;
  readonly children: Uint32Array | undefined;
}

export interface NgramTables {
  readonly words: readonly string[];
  readonly startWord: number;
  readonly endWord: number;
  readonly levels: readonly NgramLevel[];
  /** Code to natural logarithm. */
  readonly logTable: Float32Array;
  readonly backoffTable: Float32Array;
}

const NOT_LOOKED_UP = -2;

/**
 * A back-off model of any order over a tree of n-grams.
 *
 * States: rows of all orders below the highest, numbered through; unigrams come first, so the state after an unseen
 * pair of words is the word's id.
 */
export class NgramModel implements LanguageModel {
  readonly words: readonly string[];
  readonly startState: number;
  readonly #tables: NgramTables;
  readonly #ids: Map<string, number>;
  /** First state of each order; one past the last state at the end. */
  readonly #firstState: number[] = [0];
  /** Longest proper suffix of each state, found when first asked for. */
  readonly #suffix: Int32Array;

  constructor(tables: NgramTables) {
    this.words = tables.words;
    this.startState = tables.startWord;
    this.#tables = tables;
    this.#ids = new Map(tables.words.map((word, id) => [word, id]));
    for (const level of tables.levels.slice(0, -1)) {
      this.#firstState.push((this.#firstState.at(-1) as number) + level.logCodes.length);
    }
    this.#suffix = new Int32Array(this.#firstState.at(-1) as number).fill(NOT_LOOKED_UP);
  }

  idOf(word: string): number {
    return this.#ids.get(word) ?? -1;
  }

  unigram(word: number): number {
    const { levels, logTable } = this.#tables;
    return logTable[levels[0]?.logCodes[word] as number] as number;
  }

  score(state: number, word: number): number {
    let backoff = 0;
    for (let context = state; context >= 0; context = this.shorter(context)) {
      const order = this.#orderOf(context);
      const row = this.#child(order, context - (this.#firstState[order] as number), word);
      const level = this.#tables.levels[order + 1] as NgramLevel;
      if (row >= 0) return backoff + (this.#tables.logTable[level.logCodes[row] as number] as number);
      backoff += this.backoff(context);
    }
    return backoff + this.unigram(word);
  }

  next(state: number, word: number): number {
    for (let context = state; context >= 0; context = this.shorter(context)) {
      const order = this.#orderOf(context);
      if (order + 2 >= this.#tables.levels.length) continue;
      const row = this.#child(order, context - (this.#firstState[order] as number), word);
      if (row >= 0) return (this.#firstState[order + 1] as number) + row;
    }
    return word;
  }

  endScore(state: number): number {
    return this.score(state, this.#tables.endWord);
  }

  backoff(state: number): number {
    const order = this.#orderOf(state);
    const codes = this.#tables.levels[order]?.backoffCodes as Uint8Array;
    return this.#tables.backoffTable[codes[state - (this.#firstState[order] as number)] as number] as number;
  }

  shorter(state: number): number {
    let suffix = this.#suffix[state] as number;
    if (suffix === NOT_LOOKED_UP) this.#suffix[state] = suffix = this.#findSuffix(state);
    return suffix;
  }

  successors(state: number, each: (word: number, logProbability: number) => void): void {
    const { levels, logTable } = this.#tables;
    const order = this.#orderOf(state);
    const row = state - (this.#firstState[order] as number);
    const children = levels[order]?.children as Uint32Array;
    const { words, logCodes } = levels[order + 1] as NgramLevel;
    const end = children[row + 1] as number;
    for (let child = children[row] as number; child < end; child++) {
      each(words?.[child] as number, logTable[logCodes[child] as number] as number);
    }
  }

  /** 0 for unigrams, 1 for bigrams, ... */
  #orderOf(state: number): number {
    let order = 0;
    while (state >= (this.#firstState[order + 1] as number)) order++;
    return order;
  }

  #child(order: number, row: number, word: number): number {
    const children = this.#tables.levels[order]?.children as Uint32Array;
    const words = this.#tables.levels[order + 1]?.words as Uint16Array;
    let low = children[row] as number;
    let high = (children[row + 1] as number) - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const value = words[middle] as number;
      if (value === word) return middle;
      if (value < word) low = middle + 1;
      else high = middle - 1;
    }
    return -1;
  }

  #findSuffix(state: number): number {
    const words = this.#wordsOf(state);
    for (let from = 1; from < words.length; from++) {
      let row = words[from] as number;
      let order = 0;
      for (let at = from + 1; at < words.length && row >= 0; at++)
        row = this.#child(order++, row, words[at] as number);
      if (row >= 0) return (this.#firstState[order] as number) + row;
    }
    return -1;
  }

  #wordsOf(state: number): number[] {
    let order = this.#orderOf(state);
    let row = state - (this.#firstState[order] as number);
    const words: number[] = [];
    for (; order > 0; order--) {
      words.push(this.#tables.levels[order]?.words?.[row] as number);
      row = rowThatHolds(this.#tables.levels[order - 1]?.children as Uint32Array, row);
    }
    return [row, ...words.reverse()];
  }
}

/** The row whose children include `child`: the last one whose first child is not past it. */
function rowThatHolds(children: Uint32Array, child: number): number {
  let low = 0;
  let high = children.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((children[middle] as number) <= child) low = middle;
    else high = middle - 1;
  }
  return low;
}
