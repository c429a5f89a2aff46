import { wordsOf } from './words-of.ts';

/** How alike two words must be written to count as nearly the same: 1 = the same letter triples. */
const NEARLY = 0.6;
const NEAR_COUNT = 0.5;

/** The words of some passages, counted, so that questions can be weighed against them (BM25). */
export class WordWeights {
  readonly #counts: readonly ReadonlyMap<string, number>[];
  readonly #lengths: readonly number[];
  readonly #meanLength: number;
  readonly #weights: ReadonlyMap<string, number>;
  readonly #query: readonly string[];

  constructor(texts: readonly string[], query: readonly string[]) {
    const words = texts.map(wordsOf);
    this.#query = query;
    this.#lengths = words.map(({ length }) => length);
    this.#meanLength = Math.max(
      1,
      this.#lengths.reduce((sum, one) => sum + one, 0) / Math.max(1, texts.length),
    );
    this.#counts = words.map((list) => countOf(list, query));
    this.#weights = new Map(
      query.map((word) => {
        const found = this.#counts.filter((counts) => (counts.get(word) ?? 0) > 0).length;
        return [word, Math.log(1 + (texts.length - found + 0.5) / (found + 0.5))];
      }),
    );
  }

  /** BM25 with k1 = 1.2 and b = 0.75, times how much of the question is met at all. */
  score(index: number): number {
    const length = 0.25 + (0.75 * this.#lengths[index]!) / this.#meanLength;
    let score = 0;
    let met = 0;
    let all = 0;
    for (const word of this.#query) {
      const weight = this.#weights.get(word)!;
      const count = this.#counts[index]!.get(word) ?? 0;
      score += (weight * count * 2.2) / (count + 1.2 * length);
      all += weight;
      if (count > 0) met += weight;
    }
    return all > 0 ? score * (0.4 + (0.6 * met) / all) : 0;
  }

  /** How much of the question a sentence meets, 0..1. */
  coverage(sentence: string): number {
    const counts = countOf(wordsOf(sentence), this.#query);
    const sum = (words: readonly string[]) =>
      words.reduce((total, word) => total + this.#weights.get(word)!, 0);
    const all = sum(this.#query);
    return all > 0 ? sum(this.#query.filter((word) => (counts.get(word) ?? 0) > 0)) / all : 0;
  }
}

/** How often each word of the question occurs; one that is only nearly there (a name heard wrongly) counts half. */
function countOf(words: readonly string[], query: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const wanted of query) {
    let count = words.reduce((sum, word) => sum + (word === wanted ? 1 : 0), 0);
    if (count === 0 && wanted.length > 4 && words.some((word) => likeness(wanted, word) >= NEARLY))
      count = NEAR_COUNT;
    if (count > 0) counts.set(wanted, count);
  }
  return counts;
}

/** Share of letter triples that two words have in common (Dice), their ends included. */
function likeness(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 3 || one[0] !== other[0]) return 0;
  const triples = (word: string) => {
    const padded = ` ${word} `;
    return new Set(Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3)));
  };
  const [mine, theirs] = [triples(one), triples(other)];
  const shared = [...mine].filter((triple) => theirs.has(triple)).length;
  return (2 * shared) / (mine.size + theirs.size);
}
