/**
 * A word n-gram model as the search sees it. All values are natural logarithms. A state stands for the words that
 * matter for what comes next; it is a plain number, 0 or more.
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
  /** The longest shorter state that this one backs off to, -1 where only unigrams are left; and what that costs. */
  shorter(state: number): number;
  backoff(state: number): number;
  /** Calls back for every word that the state knows without backing off. */
  successors(state: number, each: (word: number, logProbability: number) => void): void;
}

/** Log-probability of a whole sentence, its end included. Unknown words have none: -Infinity. */
export function sentenceScore(model: LanguageModel, words: readonly string[]): number {
  let state = model.startState;
  let sum = 0;
  for (const word of words) {
    const id = model.idOf(word);
    if (id < 0) return -Infinity;
    sum += model.score(state, id);
    state = model.next(state, id);
  }
  return sum + model.endScore(state);
}
