import type { CompiledGrammar, CompiledType, Expression, PhraseTree } from './compiled-grammar.ts';

/** Sets of word positions are bits of one integer, so sentences may have this many words. */
export const LONGEST_SENTENCE = 30;

/** A captured value: words `from` to `to - 1`. */
export interface SlotSpan {
  readonly slot: string;
  readonly from: number;
  readonly to: number;
}
interface Reading {
  readonly log: number;
  readonly spans: readonly SlotSpan[];
}

/**
 * Which stretches of one sentence each part of the grammar matches exactly. Types are matched once for each start
 * and remembered.
 */
export class GrammarChart {
  readonly words: Int32Array;
  readonly #grammar: CompiledGrammar;
  /** Bit set of the places where a word stands, by word id. */
  readonly #places = new Map<number, number>();
  readonly #typeEnds: Int32Array;

  constructor(grammar: CompiledGrammar, sentence: readonly string[]) {
    if (sentence.length > LONGEST_SENTENCE) throw new RangeError(`a sentence of ${sentence.length} words`);
    this.#grammar = grammar;
    this.words = Int32Array.from(sentence, (word) => grammar.wordIds.get(word) ?? -1);
    this.words.forEach((word, at) => this.#places.set(word, (this.#places.get(word) ?? 0) | (1 << at)));
    this.#typeEnds = new Int32Array(grammar.types.length * (sentence.length + 1)).fill(-1);
  }

  /** Ends of all matches that begin at one of `starts`. */
  ends(expression: Expression, starts: number): number {
    if (starts === 0) return 0;
    switch (expression.kind) {
      case 'word':
        return (starts & (this.#places.get(expression.word) ?? 0)) << 1;
      case 'sequence': {
        let set = starts;
        for (const part of expression.parts) {
          set = this.ends(part, set);
          if (set === 0) return 0;
        }
        return set;
      }
      case 'choice': {
        let set = 0;
        for (const part of expression.parts) set |= this.ends(part, starts);
        return set;
      }
      case 'phrases':
        return this.#each(starts, (start) => this.phraseEnds(expression.tree, start));
      case 'type':
        return this.#each(starts, (start) => this.typeEnds(expression.type, start));
    }
  }

  typeEnds(type: number, start: number): number {
    const cell = type * (this.words.length + 1) + start;
    const known = this.#typeEnds[cell] as number;
    if (known >= 0) return known;
    this.#typeEnds[cell] = 0;
    const { phrases, composed } = this.#grammar.types[type] as CompiledType;
    let ends = this.phraseEnds(phrases, start);
    for (const line of composed) ends |= this.ends(line.expression, 1 << start);
    this.#typeEnds[cell] = ends;
    return ends;
  }

  phraseEnds(tree: PhraseTree, start: number): number {
    let ends = 0;
    let node: PhraseTree | undefined = tree;
    for (let at = start; at < this.words.length && node; at++) {
      node = node.next.get(this.words[at] as number);
      if (node && !Number.isNaN(node.log)) ends |= 1 << (at + 1);
    }
    return ends;
  }

  /** The likeliest way in which an expression matches exactly `from` to `to`. */
  read(expression: Expression, from: number, to: number): Reading | undefined {
    switch (expression.kind) {
      case 'word':
        return to === from + 1 && this.words[from] === expression.word ? NOTHING : undefined;
      case 'phrases':
        return this.#readPhrase(expression.tree, from, to);
      case 'sequence':
        return this.#readSequence(expression.parts, 0, from, to);
      case 'choice': {
        const share = -Math.log(expression.parts.length);
        return bestOf(expression.parts.map((part) => within(this.read(part, from, to), share)));
      }
      case 'type': {
        if ((this.typeEnds(expression.type, from) & (1 << to)) === 0) return undefined;
        const { phrases, composed } = this.#grammar.types[expression.type] as CompiledType;
        const value = bestOf([
          this.#readPhrase(phrases, from, to),
          ...composed.map((line) => within(this.read(line.expression, from, to), line.log)),
        ]);
        if (!value || expression.slot === undefined) return value;
        return { log: value.log, spans: [...value.spans, { slot: expression.slot, from, to }] };
      }
    }
  }

  #readPhrase(tree: PhraseTree, from: number, to: number): Reading | undefined {
    let node: PhraseTree | undefined = tree;
    for (let at = from; at < to && node; at++) node = node.next.get(this.words[at] as number);
    return node && !Number.isNaN(node.log) ? { log: node.log, spans: [] } : undefined;
  }

  #readSequence(parts: readonly Expression[], index: number, from: number, to: number): Reading | undefined {
    const part = parts[index];
    if (!part) return from === to ? NOTHING : undefined;
    let best: Reading | undefined;
    const ends = this.ends(part, 1 << from);
    for (let middle = from; middle <= to; middle++) {
      if ((ends & (1 << middle)) === 0) continue;
      const rest = this.#readSequence(parts, index + 1, middle, to);
      const first = rest && this.read(part, from, middle);
      if (!first || (best && first.log + rest.log <= best.log)) continue;
      best = { log: first.log + rest.log, spans: [...first.spans, ...rest.spans] };
    }
    return best;
  }

  #each(starts: number, endsFrom: (start: number) => number): number {
    let set = 0;
    for (let rest = starts; rest !== 0; rest &= rest - 1) set |= endsFrom(31 - Math.clz32(rest & -rest));
    return set;
  }
}

const NOTHING: Reading = { log: 0, spans: [] };

function within(reading: Reading | undefined, share: number): Reading | undefined {
  return reading && { log: reading.log + share, spans: reading.spans };
}

function bestOf(readings: readonly (Reading | undefined)[]): Reading | undefined {
  let best: Reading | undefined;
  for (const reading of readings) if (reading && (!best || reading.log > best.log)) best = reading;
  return best;
}
