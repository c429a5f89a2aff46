import type { CompiledGrammar, CompiledPattern, Expression, PhraseTree } from './compiled-grammar.ts';
import { GrammarChart, LONGEST_SENTENCE } from './grammar-chart.ts';
import { closings, openings } from './grammar-match.ts';
import { joinSpokenWords, spokenWords } from './spoken-words.ts';
import { PatternIndex } from './pattern-index.ts';
import { wordStem } from './word-stem.ts';
import { openTypes, wordWeights } from './word-weights.ts';

/** The nearest sentence of an intent. */
export interface NearReading {
  readonly intent: string;
  readonly slots: Readonly<Record<string, string>>;
  /** Weight of the words that had to be added, dropped or changed. 0 = said exactly so. */
  readonly distance: number;
  /** The same as a share of the weight of all words of the sentence. */
  readonly share: number;
}

/** Prices of what keeps a sentence from being one of the grammar's, in word weights (word-weights.ts). */
export interface DistanceCosts {
  readonly missingSlot: number;
  /** A value that the grammar does not list, in an open slot; and each of its words. */
  readonly strangeValue: number;
  readonly strangeWord: number;
  /** What a word of the patterns costs inside such a value, as a share of its weight. */
  readonly misusedShare: number;
  /** A word said in another form (wake, waking), as a share of its weight. */
  readonly formShare: number;
  /** A word of the sentence that no pattern holds. */
  readonly unknownWord: number;
}

export const defaultDistanceCosts: DistanceCosts = {
  missingSlot: 1.5,
  strangeValue: 0.3,
  strangeWord: 0.12,
  misusedShare: 0.95,
  formShare: 0.2,
  unknownWord: 0.46,
};

const LONGEST_STRANGE_VALUE = 8;
const FREE = -1;
/** Ordinary speech has no nearest sentence. */
const UNKNOWN = 'unknown';

/** A slot holds the words `from` to `to - 1`; `before` is the entry captured earlier, or -1. */
interface Capture {
  readonly slot: string;
  readonly from: number;
  readonly to: number;
  readonly before: number;
}

/** Cost of standing at each word position, and the slots captured on the cheapest way there. */
interface Front {
  readonly cost: Float32Array;
  readonly slots: Int32Array;
}

/**
 * Smallest weighted edit distance from a sentence to the sentences of each intent. Words are weighted by how much
 * they tell about the intent; slot values match exactly, or as a run of unknown words where the type is open.
 */
export class GrammarDistance {
  readonly #grammar: CompiledGrammar;
  readonly #costs: DistanceCosts;
  readonly #weights: Float32Array;
  /** By word id */
  readonly #stems: readonly string[];
  readonly #index: PatternIndex;
  /** By type: whether values that the grammar does not list are to be expected. */
  readonly openTypes: readonly boolean[];

  constructor(grammar: CompiledGrammar, costs: DistanceCosts = defaultDistanceCosts) {
    this.#grammar = grammar;
    this.#costs = costs;
    this.#weights = wordWeights(grammar, costs.unknownWord);
    this.#stems = [...grammar.wordIds.keys()].map(wordStem);
    this.openTypes = openTypes(grammar);
    this.#index = new PatternIndex(grammar, this.#weights, this.#stems);
  }

  /** The nearest reading of every intent, nearest first. Sentences that are too long have none. */
  measure(text: string): NearReading[] {
    const words = spokenWords(text);
    if (words.length === 0 || words.length > LONGEST_SENTENCE) return [];
    const measurement = new Measurement(
      this.#grammar,
      this.#costs,
      this.#weights,
      this.#stems,
      this.openTypes,
      words,
    );
    return measurement.readings(this.#index.sharing(words));
  }
}

class Measurement {
  readonly #grammar: CompiledGrammar;
  readonly #weights: Float32Array;
  readonly #costs: DistanceCosts;
  readonly #stems: readonly string[];
  readonly #spokenStems: readonly string[];
  readonly #open: readonly boolean[];
  readonly #words: readonly string[];
  readonly #chart: GrammarChart;
  /** Cost of leaving out each word of the sentence. */
  readonly #extra: Float32Array;
  /** Cost of each word inside a value that the grammar does not list. */
  readonly #strange: Float32Array;
  /** Captured slots as linked entries. */
  readonly #captures: Capture[] = [];
  readonly #spare: Front[] = [];

  constructor(
    grammar: CompiledGrammar,
    costs: DistanceCosts,
    weights: Float32Array,
    stems: readonly string[],
    open: readonly boolean[],
    words: readonly string[],
  ) {
    this.#grammar = grammar;
    this.#costs = costs;
    this.#weights = weights;
    this.#stems = stems;
    this.#spokenStems = words.map(wordStem);
    this.#open = open;
    this.#words = words;
    this.#chart = new GrammarChart(grammar, words);
    const unknown = costs.unknownWord;
    this.#extra = Float32Array.from(this.#chart.words, (word) =>
      word < 0 ? unknown : (weights[word] as number),
    );
    // float32 on both sides, so that words no pattern holds are told by their weight
    this.#strange = this.#extra.map((weight) => {
      return weight === Math.fround(unknown) ? costs.strangeWord : costs.misusedShare * weight;
    });
  }

  readings(patterns: Iterable<CompiledPattern>): NearReading[] {
    const total = Math.max(
      0.5,
      this.#extra.reduce((sum, weight) => sum + weight, 0),
    );
    const best = new Map<string, { distance: number; slots: number }>();
    for (const pattern of patterns) {
      if (pattern.intent === UNKNOWN) continue;
      const front = this.#start(pattern.mode);
      const end = this.#finish(this.#apply(pattern.expression, front), pattern.mode);
      if (end.distance < (best.get(pattern.intent)?.distance ?? Infinity)) best.set(pattern.intent, end);
    }
    return [...best]
      .map(([intent, { distance, slots }]) => {
        return { intent, slots: this.#slots(slots), distance, share: distance / total };
      })
      .sort((a, b) => a.distance - b.distance);
  }

  #start(mode: string): Front {
    const front = this.#take();
    front.cost[0] = 0;
    const opened = openings(this.#grammar, this.#chart, mode);
    for (let at = 1; at < front.cost.length; at++) {
      const dropped = (front.cost[at - 1] as number) + (this.#extra[at - 1] as number);
      front.cost[at] = opened & (1 << at) ? 0 : dropped;
    }
    front.slots.fill(FREE);
    return front;
  }

  #finish(front: Front, mode: string): { distance: number; slots: number } {
    const closed = closings(this.#grammar, this.#chart, mode);
    let best = { distance: Infinity, slots: FREE };
    for (let at = 0; at < front.cost.length; at++) {
      const distance = front.cost[at] as number;
      if (closed & (1 << at) && distance < best.distance)
        best = { distance, slots: front.slots[at] as number };
    }
    this.#give(front);
    return best;
  }

  /** Consumes `front` and returns the front behind the expression. */
  #apply(expression: Expression, front: Front): Front {
    switch (expression.kind) {
      case 'sequence': {
        let current = front;
        for (const part of expression.parts) current = this.#apply(part, current);
        return current;
      }
      case 'choice': {
        const merged = this.#take();
        for (const part of expression.parts) {
          const branch = this.#apply(part, this.#copy(front));
          this.#merge(merged, branch);
          this.#give(branch);
        }
        this.#give(front);
        return merged;
      }
      case 'word':
        return this.#word(expression.word, front);
      case 'phrases': {
        const after = this.#take();
        this.#phrases(expression.tree, front, after);
        this.#give(front);
        return after;
      }
      case 'type':
        return this.#type(expression.type, expression.slot, front);
    }
  }

  #word(word: number, front: Front): Front {
    const after = this.#take();
    const missing = this.#weights[word] as number;
    const places = this.#chart.words;
    for (let at = 0; at < after.cost.length; at++) {
      const cost = front.cost[at] as number;
      const slots = front.slots[at] as number;
      this.#offer(after, at, cost + missing, slots);
      if (at >= places.length) continue;
      const changed = places[at] === word ? 0 : this.#change(word, at);
      this.#offer(after, at + 1, cost + changed, slots);
    }
    this.#give(front);
    return this.#drop(after);
  }

  /** Price of another word in the place of a pattern's. */
  #change(word: number, at: number): number {
    const weight = Math.max(this.#weights[word] as number, this.#extra[at] as number);
    return this.#stems[word] === this.#spokenStems[at] ? this.#costs.formShare * weight : weight;
  }

  /** One of several phrases, each word of which may be missing or changed. */
  #phrases(tree: PhraseTree, front: Front, after: Front): void {
    for (const [word, next] of tree.next) {
      const behind = this.#word(word, this.#copy(front));
      if (!Number.isNaN(next.log)) this.#merge(after, behind);
      if (next.next.size > 0) this.#phrases(next, behind, after);
      this.#give(behind);
    }
  }

  #merge(into: Front, front: Front): void {
    for (let at = 0; at < into.cost.length; at++)
      this.#offer(into, at, front.cost[at] as number, front.slots[at] as number);
  }

  #type(type: number, slot: string | undefined, front: Front): Front {
    const after = this.#take();
    for (let from = 0; from < after.cost.length; from++) {
      const cost = front.cost[from] as number;
      if (cost > WORST) continue;
      const slots = front.slots[from] as number;
      this.#offer(after, from, cost + this.#costs.missingSlot, slots);
      const exact = from < this.#extra.length ? this.#chart.typeEnds(type, from) : 0;
      const strange = this.#open[type] ? Math.min(this.#extra.length, from + LONGEST_STRANGE_VALUE) : from;
      for (let to = from + 1; to < after.cost.length; to++) {
        const known = (exact & (1 << to)) !== 0;
        if (!known && to > strange) continue;
        const price = cost + (known ? 0 : this.#costs.strangeValue + this.#strangeness(from, to));
        if (price >= (after.cost[to] as number)) continue;
        after.cost[to] = price;
        after.slots[to] =
          slot === undefined ? slots : this.#captures.push({ slot, from, to, before: slots }) - 1;
      }
    }
    this.#give(front);
    return this.#drop(after);
  }

  #strangeness(from: number, to: number): number {
    let sum = 0;
    for (let at = from; at < to; at++) sum += this.#strange[at] as number;
    return sum;
  }

  /** Words of the sentence that nothing stands for. */
  #drop(front: Front): Front {
    for (let at = 1; at < front.cost.length; at++) {
      this.#offer(
        front,
        at,
        (front.cost[at - 1] as number) + (this.#extra[at - 1] as number),
        front.slots[at - 1] as number,
      );
    }
    return front;
  }

  #offer(front: Front, at: number, cost: number, slots: number): void {
    if (cost >= (front.cost[at] as number)) return;
    front.cost[at] = cost;
    front.slots[at] = slots;
  }

  #slots(entry: number): Record<string, string> {
    const slots: Record<string, string> = {};
    for (let at = entry; at >= 0;) {
      const { slot, from, to, before } = this.#captures[at] as Capture;
      slots[slot] = joinSpokenWords(this.#words.slice(from, to));
      at = before;
    }
    return slots;
  }

  #take(): Front {
    const length = this.#words.length + 1;
    const front = this.#spare.pop() ?? { cost: new Float32Array(length), slots: new Int32Array(length) };
    front.cost.fill(Infinity);
    return front;
  }

  #copy(front: Front): Front {
    const copy = this.#take();
    copy.cost.set(front.cost);
    copy.slots.set(front.slots);
    return copy;
  }

  #give(front: Front): void {
    this.#spare.push(front);
  }
}

/** Beyond this no reading is of interest. */
const WORST = 12;
