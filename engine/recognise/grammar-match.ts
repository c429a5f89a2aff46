import type { CompiledGrammar, CompiledPattern, PhraseTree } from './compiled-grammar.ts';
import { GrammarChart, LONGEST_SENTENCE } from './grammar-chart.ts';
import { joinSpokenWords, spokenWords } from './spoken-words.ts';

/** What a sentence means to the grammar. Slot values are word sequences of the sentence. */
export interface GrammarReading {
  readonly intent: string;
  readonly slots: Readonly<Record<string, string>>;
  /** Natural log of how likely the grammar's intent is to say just this. */
  readonly log: number;
}

/** Every intent that may say this sentence, with its likeliest slots; likeliest first. */
export function matchGrammar(grammar: CompiledGrammar, text: string): GrammarReading[] {
  const words = spokenWords(text);
  if (words.length === 0 || words.length > LONGEST_SENTENCE) return [];
  const chart = new GrammarChart(grammar, words);
  const best = new Map<string, GrammarReading>();
  for (const index of candidates(grammar, chart)) {
    const pattern = grammar.patterns[index] as CompiledPattern;
    const reading = readPattern(grammar, chart, pattern, words);
    if (reading && reading.log > (best.get(reading.intent)?.log ?? -Infinity))
      best.set(reading.intent, reading);
  }
  return [...best.values()].sort((a, b) => b.log - a.log);
}

/** Positions after an opening phrase of a mode, the beginning included, as a bit set. */
export function openings(grammar: CompiledGrammar, chart: GrammarChart, mode: string): number {
  const phrases = grammar.wrappings.get(`${mode}-before`);
  return 1 | (phrases ? chart.phraseEnds(phrases, 0) : 0);
}

/** Positions from which a closing phrase of a mode reaches the end, the end included, as a bit set. */
export function closings(grammar: CompiledGrammar, chart: GrammarChart, mode: string): number {
  const end = chart.words.length;
  const phrases: PhraseTree | undefined = grammar.wrappings.get(`${mode}-after`);
  let set = 1 << end;
  for (let start = 0; phrases && start < end; start++) {
    if (chart.phraseEnds(phrases, start) & (1 << end)) set |= 1 << start;
  }
  return set;
}

function candidates(grammar: CompiledGrammar, chart: GrammarChart): Set<number> {
  const found = new Set<number>();
  const modes = new Set([...grammar.wrappings.keys()].map((name) => name.split('-')[0] as string));
  let starts = 1;
  for (const mode of modes) starts |= openings(grammar, chart, mode);
  for (let at = 0; at < chart.words.length; at++) {
    if ((starts & (1 << at)) === 0) continue;
    for (const index of grammar.startingWith.get(chart.words[at] as number) ?? []) found.add(index);
  }
  return found;
}

function readPattern(
  grammar: CompiledGrammar,
  chart: GrammarChart,
  pattern: CompiledPattern,
  words: readonly string[],
): GrammarReading | undefined {
  const starts = openings(grammar, chart, pattern.mode);
  const wanted = closings(grammar, chart, pattern.mode);
  if ((chart.ends(pattern.expression, starts) & wanted) === 0) return undefined;
  let best: GrammarReading | undefined;
  for (let from = 0; from < words.length; from++) {
    if ((starts & (1 << from)) === 0) continue;
    const ends = chart.ends(pattern.expression, 1 << from) & wanted;
    for (let to = from; to <= words.length; to++) {
      if ((ends & (1 << to)) === 0) continue;
      const reading = chart.read(pattern.expression, from, to);
      const wrapped = (from > 0 ? WRAPPED : 0) + (to < words.length ? WRAPPED : 0);
      const log = reading ? reading.log + pattern.log + wrapped : -Infinity;
      if (!reading || log <= (best?.log ?? -Infinity)) continue;
      const slots = reading.spans.map(({ slot, from, to }) => [slot, joinSpokenWords(words.slice(from, to))]);
      best = { intent: pattern.intent, slots: Object.fromEntries(slots), log };
    }
  }
  return best;
}

/** A wrapped sentence has one of many wrappings. */
const WRAPPED = -4;
