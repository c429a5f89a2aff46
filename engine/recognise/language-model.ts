/**
 * An n-gram language model in back-off form, over words. All values are natural logarithms. A state stands for the
 * words that matter for what comes next; it is a plain number, 0 or more.
 */
export interface LanguageModel {
  readonly words: readonly string[];
  idOf(word: string): number;
  /** The state before the first word. */
  readonly startState: number;
  /** Log-probability of a word after a state. */
  score(state: number, word: number): number;
  /** The state once the word was said. */
  next(state: number, word: number): number;
  /** Log-probability that the sentence ends here. */
  endScore(state: number): number;
  /** Log-probability of a word regardless of what came before. */
  unigram(word: number): number;
  /** The shorter state that this one backs off to, or -1 where only unigrams are left; and what that costs. */
  shorter(state: number): number;
  backoff(state: number): number;
  /** Calls back for every word that the state knows without backing off. */
  successors(state: number, each: (word: number, logProbability: number) => void): void;
}

/**
 * The trigram model of a package.
 *
 * States: 0..V-1 = the last word alone; V + b = the last two words, which are bigram b.
 */
export class TrigramModel implements LanguageModel {
  readonly words: readonly string[];
  readonly startState = 0;
  readonly #ids: Map<string, number>;
  readonly #arrays: TrigramArrays;
  readonly #size: number;

  constructor(words: readonly string[], arrays: TrigramArrays) {
    this.words = words;
    this.#ids = new Map(words.map((word, id) => [word, id]));
    this.#arrays = arrays;
    this.#size = words.length;
  }

  idOf(word: string): number {
    return this.#ids.get(word) ?? -1;
  }

  unigram(word: number): number {
    return this.#arrays.unigramLog[word] as number;
  }

  score(state: number, word: number): number {
    const { bigramLog, trigramLog, trigramWord, trigramStart } = this.#arrays;
    let backoff = 0;
    if (state >= this.#size) {
      const bigram = state - this.#size;
      const found = search(trigramWord, trigramStart[bigram] as number, trigramStart[bigram + 1] as number, word);
      if (found >= 0) return trigramLog[found] as number;
      backoff = this.backoff(state);
      state = this.shorter(state);
    }
    const found = this.#bigram(state, word);
    if (found >= 0) return backoff + (bigramLog[found] as number);
    return backoff + this.backoff(state) + this.unigram(word);
  }

  next(state: number, word: number): number {
    const last = state >= this.#size ? (this.#arrays.bigramWord[state - this.#size] as number) : state;
    const bigram = this.#bigram(last, word);
    return bigram >= 0 ? this.#size + bigram : word;
  }

  endScore(state: number): number {
    return this.score(state, SENTENCE_END);
  }

  shorter(state: number): number {
    return state >= this.#size ? (this.#arrays.bigramWord[state - this.#size] as number) : -1;
  }

  backoff(state: number): number {
    const { bigramBackoff, unigramBackoff } = this.#arrays;
    return (state >= this.#size ? bigramBackoff[state - this.#size] : unigramBackoff[state]) as number;
  }

  successors(state: number, each: (word: number, logProbability: number) => void): void {
    const { bigramLog, bigramWord, bigramStart, trigramLog, trigramWord, trigramStart } = this.#arrays;
    const long = state >= this.#size;
    const [starts, words, logs] = long
      ? [trigramStart, trigramWord, trigramLog]
      : [bigramStart, bigramWord, bigramLog];
    const row = long ? state - this.#size : state;
    const end = starts[row + 1] as number;
    for (let index = starts[row] as number; index < end; index++) {
      each(words[index] as number, logs[index] as number);
    }
  }

  #bigram(first: number, second: number): number {
    const { bigramWord, bigramStart } = this.#arrays;
    return search(bigramWord, bigramStart[first] as number, bigramStart[first + 1] as number, second);
  }
}

/** Word ids of the two marks. */
export const SENTENCE_START = 0;
export const SENTENCE_END = 1;

/** Rows sorted by word inside each start..end range; logs are natural. */
export interface TrigramArrays {
  readonly unigramLog: Float32Array;
  readonly unigramBackoff: Float32Array;
  readonly bigramStart: Uint32Array;
  readonly bigramWord: Uint16Array;
  readonly bigramLog: Float32Array;
  readonly bigramBackoff: Float32Array;
  readonly trigramStart: Uint32Array;
  readonly trigramWord: Uint16Array;
  readonly trigramLog: Float32Array;
}

function search(sorted: Uint16Array, from: number, to: number, wanted: number): number {
  let low = from;
  let high = to - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle] as number;
    if (value === wanted) return middle;
    if (value < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
