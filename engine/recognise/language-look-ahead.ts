import type { LanguageModel } from './language-model.ts';
import type { LexiconTree } from './lexicon-tree.ts';

const KEPT_TABLES = 4000;
const NO_NODE = -1;

/** Open-addressed map from tree node to the best log-probability below it. */
interface Table {
  readonly mask: number;
  readonly nodes: Int32Array;
  readonly best: Float32Array;
}

/**
 * The best that the language model can still give below a node of the lexicon tree: what lets the search drop paths
 * inside a word. Exact for the words that a state knows, through the unigrams for the rest. Tables are made when a
 * state is first met and kept for later utterances.
 */
export class LanguageLookAhead {
  readonly #model: LanguageModel;
  readonly #tree: LexiconTree;
  /** Lexicon word id to language model word id. */
  readonly #modelWord: Int32Array;
  readonly #nodesOfModelWord: Map<number, number[]>;
  readonly #unigram: Float32Array;
  readonly #tables = new Map<number, Table>();

  constructor(model: LanguageModel, tree: LexiconTree, modelWord: Int32Array) {
    this.#model = model;
    this.#tree = tree;
    this.#modelWord = modelWord;
    this.#nodesOfModelWord = this.#collectEnds();
    this.#unigram = this.#bestUnigrams();
  }

  /** Natural logarithm; `state` as the language model numbers it. */
  best(state: number, node: number): number {
    let backoff = 0;
    let best = -Infinity;
    for (let current = state; current >= 0; current = this.#model.shorter(current)) {
      const found = backoff + lookUp(this.#table(current), node);
      if (found > best) best = found;
      backoff += this.#model.backoff(current);
    }
    const rest = backoff + (this.#unigram[node] as number);
    return rest > best ? rest : best;
  }

  #table(state: number): Table {
    let table = this.#tables.get(state);
    if (!table) {
      if (this.#tables.size >= KEPT_TABLES) this.#tables.clear();
      table = this.#make(state);
      this.#tables.set(state, table);
    }
    return table;
  }

  #make(state: number): Table {
    const best = new Map<number, number>();
    this.#model.successors(state, (word, logProbability) => {
      for (const end of this.#nodesOfModelWord.get(word) ?? []) {
        for (let node = end; node > 0; node = this.#tree.parent[node] as number) {
          if ((best.get(node) ?? -Infinity) >= logProbability) break;
          best.set(node, logProbability);
        }
      }
    });
    return freeze(best);
  }

  #collectEnds(): Map<number, number[]> {
    const ends = new Map<number, number[]>();
    this.#tree.endsOf.forEach((nodes, word) => {
      const modelWord = this.#modelWord[word] as number;
      if (modelWord >= 0) ends.set(modelWord, [...(ends.get(modelWord) ?? []), ...nodes]);
    });
    return ends;
  }

  #bestUnigrams(): Float32Array {
    const best = new Float32Array(this.#tree.nodes).fill(-Infinity);
    for (const [word, ends] of this.#nodesOfModelWord) {
      const value = this.#model.unigram(word);
      for (const end of ends) {
        for (
          let node = end;
          node >= 0 && (best[node] as number) < value;
          node = this.#tree.parent[node] as number
        ) {
          best[node] = value;
        }
      }
    }
    return best;
  }
}

function freeze(best: Map<number, number>): Table {
  let size = 4;
  while (size < best.size * 2) size *= 2;
  const table = { mask: size - 1, nodes: new Int32Array(size).fill(NO_NODE), best: new Float32Array(size) };
  for (const [node, value] of best) {
    let slot = Math.imul(node, 0x9e3779b1) & table.mask;
    while (table.nodes[slot] !== NO_NODE) slot = (slot + 1) & table.mask;
    table.nodes[slot] = node;
    table.best[slot] = value;
  }
  return table;
}

function lookUp(table: Table, node: number): number {
  let slot = Math.imul(node, 0x9e3779b1) & table.mask;
  for (let found = table.nodes[slot]; found !== NO_NODE; found = table.nodes[slot]) {
    if (found === node) return table.best[slot] as number;
    slot = (slot + 1) & table.mask;
  }
  return -Infinity;
}
