import type { LanguageModel } from './language-model.ts';
import { LanguageLookAhead } from './language-look-ahead.ts';
import type { Lexicon } from './lexicon.ts';
import type { LexiconTree } from './lexicon-tree.ts';
import { addLogs, SearchBeam } from './search-beam.ts';
import { WordHistory } from './word-history.ts';

export interface CtcSearchSettings {
  /** Paths kept after each label slot, and the largest distance from the best (natural log). */
  readonly beamWidth: number;
  readonly beamDepth: number;
  /** Labels below this log-probability open no new path in a slot. */
  readonly labelThreshold: number;
  /** Share of certainty given to all labels alike, so that one wrong phone cannot exclude a word. */
  readonly labelFloor: number;
  readonly languageWeight: number;
  /** Added for each word. */
  readonly wordBonus: number;
  readonly sentences: number;
}

export const defaultSearchSettings: CtcSearchSettings = {
  beamWidth: 160,
  beamDepth: 16,
  labelThreshold: -7,
  labelFloor: 2e-3,
  languageWeight: 0.8,
  wordBonus: 0.5,
  sentences: 8,
};

/** One word sequence that the search found. Natural logarithms, unweighted; `score` is the weighted sum. */
export interface Sentence {
  readonly words: readonly string[];
  readonly acoustic: number;
  readonly language: number;
  readonly score: number;
}

const BLANK = 0;

/**
 * Label posteriors to word sequences: CTC prefix search over the lexicon tree with an n-gram language model.
 *
 *     in   log-probabilities  float32 [slot, label]   50 slots/s, label 0 = blank
 *     out  distinct word sequences, best first
 *
 * Alignments and pronunciations of one word sequence are summed. One instance serves one search at a time.
 */
export class CtcSearch {
  readonly #lexicon: Lexicon;
  readonly #tree: LexiconTree;
  readonly #model: LanguageModel;
  readonly #lookAhead: LanguageLookAhead;
  readonly #modelWord: Int32Array;
  readonly #settings: CtcSearchSettings;
  readonly #history = new WordHistory();
  readonly #now = new SearchBeam();
  readonly #next = new SearchBeam();
  readonly #slot = new Float32Array(64);
  readonly #scores = new Float32Array(1 << 14);
  readonly #histogram = new Int32Array(512);
  /** Score of the best path in the slot being made, and what a new path must reach. */
  #best = -Infinity;

  constructor(lexicon: Lexicon, tree: LexiconTree, model: LanguageModel, settings: CtcSearchSettings) {
    this.#lexicon = lexicon;
    this.#tree = tree;
    this.#model = model;
    this.#settings = settings;
    this.#modelWord = Int32Array.from(lexicon.words, (word) => model.idOf(word));
    this.#lookAhead = new LanguageLookAhead(model, tree, this.#modelWord);
  }

  search(logProbabilities: Float32Array, labels: number): Sentence[] {
    this.#begin();
    const slots = Math.floor(logProbabilities.length / labels);
    for (let slot = 0; slot < slots; slot++) {
      this.#readSlot(logProbabilities, slot * labels, labels);
      this.#advance();
      this.#prune();
    }
    return this.#sentences();
  }

  #begin(): void {
    this.#history.reset(this.#model.startState);
    this.#now.clear();
    const start = this.#now.insert(this.#now.find(0, 0), 0, 0, 0);
    this.#now.blank[start] = 0;
  }

  /** The slot's values with a floor under every label. */
  #readSlot(values: Float32Array, offset: number, labels: number): void {
    const { labelFloor } = this.#settings;
    const share = labelFloor / labels;
    for (let label = 0; label < labels; label++) {
      this.#slot[label] = Math.log(Math.exp(values[offset + label] as number) * (1 - labelFloor) + share);
    }
  }

  #advance(): void {
    const now = this.#now;
    this.#next.clear();
    this.#best = -Infinity;
    for (let path = 0; path < now.count; path++) {
      this.#stay(path);
      this.#grow(path);
      this.#beginWords(path);
    }
  }

  /** Blank, or the same phone goes on. */
  #stay(path: number): void {
    const { history, node, blank, phone, language } = this.#now;
    const at = node[path] as number;
    const total = addLogs(blank[path] as number, phone[path] as number);
    const index = this.#open(history[path] as number, at, language[path] as number);
    if (index < 0) return;
    const next = this.#next;
    next.blank[index] = addLogs(next.blank[index] as number, total + (this.#slot[BLANK] as number));
    if (at > 0) {
      const again = (phone[path] as number) + (this.#slot[this.#tree.label[at] as number] as number);
      next.phone[index] = addLogs(next.phone[index] as number, again);
    }
    this.#note(index);
  }

  /** The next phone of a word. */
  #grow(path: number): void {
    const { firstChild, childCount } = this.#tree;
    const node = this.#now.node[path] as number;
    const first = firstChild[node] as number;
    const end = first + (childCount[node] as number);
    for (let child = first; child < end; child++) {
      this.#enter(path, this.#now.history[path] as number, child);
    }
  }

  /** A word ends in this node: the first phone of the word after it. */
  #beginWords(path: number): void {
    const { wordStart, wordIds, firstChild, childCount } = this.#tree;
    const node = this.#now.node[path] as number;
    const end = wordStart[node + 1] as number;
    for (let index = wordStart[node] as number; index < end; index++) {
      const history = this.#withWord(this.#now.history[path] as number, wordIds[index] as number);
      if (history < 0) continue;
      const first = firstChild[0] as number;
      for (let child = first; child < first + (childCount[0] as number); child++)
        this.#enter(path, history, child);
    }
  }

  /** Moves a path into a child node under a history that is its own or one word longer. */
  #enter(path: number, history: number, child: number): void {
    const now = this.#now;
    const label = this.#tree.label[child] as number;
    const probability = this.#slot[label] as number;
    if (probability < this.#settings.labelThreshold) return;
    const repeats = this.#tree.label[now.node[path] as number] === label && (now.node[path] as number) > 0;
    const blank = now.blank[path] as number;
    const from = repeats ? blank : addLogs(blank, now.phone[path] as number);
    const acoustic = from + probability;
    const floor = this.#best - this.#settings.beamDepth;
    if (acoustic + this.#languageScore(history) < floor) return;
    const next = this.#next;
    const found = next.find(history, child);
    let index = found;
    if (found < 0) {
      const language = this.#languageScore(history) + this.#ahead(history, child);
      if (acoustic + language < floor) return;
      index = next.insert(found, history, child, language);
      if (index < 0) return;
    }
    next.phone[index] = addLogs(next.phone[index] as number, acoustic);
    this.#note(index);
  }

  #open(history: number, node: number, language: number): number {
    const found = this.#next.find(history, node);
    return found >= 0 ? found : this.#next.insert(found, history, node, language);
  }

  #note(index: number): void {
    const { blank, phone, language } = this.#next;
    const b = blank[index] as number;
    const p = phone[index] as number;
    const score = (b > p ? b : p) + (language[index] as number);
    if (score > this.#best) this.#best = score;
  }

  #withWord(history: number, word: number): number {
    const found = this.#history.find(history, word);
    if (found >= 0) return found;
    const modelWord = this.#modelWord[word] as number;
    if (modelWord < 0) return -1;
    const state = this.#history.state(history);
    const language = this.#history.language(history) + this.#model.score(state, modelWord);
    return this.#history.add(history, word, this.#model.next(state, modelWord), language);
  }

  #languageScore(history: number): number {
    const { languageWeight, wordBonus } = this.#settings;
    return languageWeight * this.#history.language(history) + wordBonus * this.#history.length(history);
  }

  #ahead(history: number, node: number): number {
    return this.#settings.languageWeight * this.#lookAhead.best(this.#history.state(history), node);
  }

  /** Keeps the best paths of the slot just made and makes them the present ones. */
  #prune(): void {
    const from = this.#next;
    let best = -Infinity;
    for (let path = 0; path < from.count; path++) {
      const total =
        addLogs(from.blank[path] as number, from.phone[path] as number) + (from.language[path] as number);
      this.#scores[path] = total;
      if (total > best) best = total;
    }
    this.#keep(best, this.#depth(from.count, best));
  }

  /** How far below the best a path may lie, so that about `beamWidth` paths stay. */
  #depth(count: number, best: number): number {
    const { beamWidth, beamDepth } = this.#settings;
    const bins = this.#histogram.fill(0);
    const scale = bins.length / beamDepth;
    for (let path = 0; path < count; path++) {
      const bin = Math.floor((best - (this.#scores[path] as number)) * scale);
      if (bin < bins.length) bins[bin] = (bins[bin] as number) + 1;
    }
    let kept = 0;
    for (let bin = 0; bin < bins.length; bin++) {
      kept += bins[bin] as number;
      if (kept >= beamWidth) return (bin + 1) / scale;
    }
    return beamDepth;
  }

  #keep(best: number, depth: number): void {
    const threshold = best - depth;
    const from = this.#next;
    const to = this.#now;
    to.clear();
    for (let path = 0; path < from.count; path++) {
      if ((this.#scores[path] as number) < threshold) continue;
      const kept = to.count++;
      to.history[kept] = from.history[path] as number;
      to.node[kept] = from.node[path] as number;
      to.blank[kept] = from.blank[path] as number;
      to.phone[kept] = from.phone[path] as number;
      to.language[kept] = from.language[path] as number;
    }
  }

  /** Paths that stand at the end of a word, summed by word sequence. */
  #sentences(): Sentence[] {
    const acoustics = new Map<number, number>();
    const { history, node, blank, phone, count } = this.#now;
    const { wordStart, wordIds } = this.#tree;
    for (let path = 0; path < count; path++) {
      const total = addLogs(blank[path] as number, phone[path] as number);
      const at = node[path] as number;
      if (at === 0) acoustics.set(0, total);
      for (let index = wordStart[at] as number; index < (wordStart[at + 1] as number); index++) {
        const entry = this.#withWord(history[path] as number, wordIds[index] as number);
        if (entry >= 0) acoustics.set(entry, addLogs(acoustics.get(entry) ?? -Infinity, total));
      }
    }
    return [...acoustics]
      .map(([entry, acoustic]) => this.#sentence(entry, acoustic))
      .sort((a, b) => b.score - a.score)
      .slice(0, this.#settings.sentences);
  }

  #sentence(entry: number, acoustic: number): Sentence {
    const { languageWeight, wordBonus } = this.#settings;
    const words = this.#history.words(entry).map((word) => this.#lexicon.words[word] as string);
    const language = this.#history.language(entry) + this.#model.endScore(this.#history.state(entry));
    return {
      words,
      acoustic,
      language,
      score: acoustic + languageWeight * language + wordBonus * words.length,
    };
  }
}
