import type { CompiledGrammar, CompiledPattern } from './compiled-grammar.ts';
import { wordStem } from './word-stem.ts';
import { eachWord } from './word-weights.ts';

/** Words below this tell too little to make a pattern worth comparing. */
const TELLING_WEIGHT = 0.4;

/** Which patterns share a telling word, in any form, with a sentence; patterns without telling words always do. */
export class PatternIndex {
  readonly #byStem = new Map<string, CompiledPattern[]>();
  readonly #always: CompiledPattern[] = [];

  /** `weights` and `stems` by word id. */
  constructor(grammar: CompiledGrammar, weights: Float32Array, stems: readonly string[]) {
    for (const pattern of grammar.patterns) {
      const telling = new Set<string>();
      eachWord(pattern.expression, (word) => {
        if ((weights[word] as number) >= TELLING_WEIGHT) telling.add(stems[word] as string);
      });
      if (telling.size === 0) this.#always.push(pattern);
      for (const stem of telling) {
        const patterns = this.#byStem.get(stem);
        if (patterns) patterns.push(pattern);
        else this.#byStem.set(stem, [pattern]);
      }
    }
  }

  sharing(words: readonly string[]): Set<CompiledPattern> {
    const found = new Set(this.#always);
    for (const word of words) {
      for (const pattern of this.#byStem.get(wordStem(word)) ?? []) found.add(pattern);
    }
    return found;
  }
}
