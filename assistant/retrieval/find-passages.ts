import { cleanText, shortened } from './clean-text.ts';
import { passageText, type Passage } from './passages.ts';
import { queryWords } from './words-of.ts';
import { WordWeights } from './word-weights.ts';

/** A passage together with what it was taken from. */
export interface Candidate<Source> {
  readonly source: Source;
  readonly passage: Passage;
}

export interface FoundPassage<Source> extends Candidate<Source> {
  readonly score: number;
  /** The sentences that answer, joined; to be quoted by who cannot read for itself. */
  readonly quote: string;
  /** The whole passage with those sentences between « and ». */
  readonly marked: string;
}

/**
 * Puts passages in the order in which they answer a question: the indexes of those that do, best first; undefined
 * where it cannot tell. A larger model does this; what it is shown is data.
 */
export type PassageJudge = (
  question: string,
  passages: readonly string[],
  signal: AbortSignal,
) => Promise<readonly number[] | undefined>;

export interface FindOptions<Source> {
  /** At most so many, each from another source. */
  readonly most: number;
  /** Tells sources apart. */
  readonly keyOf: (source: Source) => string;
  readonly judge?: PassageJudge | undefined;
}

/** So many of the best by words are shown to a judge. */
const JUDGED = 6;
/** A best passage so far ahead of the next needs no judge. */
const CLEAR_LEAD = 1.6;
const LONGEST_MARKED = 900;
const LONGEST_QUOTE = 320;
const ASKS_AMOUNT =
  /\b(?:how (?:many|much|old|tall|high|long|far|fast|big|deep)|when|what (?:year|time|date))\b|多少|几|什么时候|多[高长远大]/i;

/** From many passages the few that answer: ranked by their words, then by the judge, with what is decisive marked. */
export async function findPassages<Source>(
  question: string,
  candidates: readonly Candidate<Source>[],
  options: FindOptions<Source>,
  signal: AbortSignal,
): Promise<FoundPassage<Source>[]> {
  const query = queryWords(question);
  const texts = candidates.map(
    ({ passage, source }) => `${passage.heading} ${passageText(passage)} ${titleOf(source)}`,
  );
  const weights = new WordWeights(texts, query);
  const ranked = candidates
    .map((candidate, index) => ({ ...candidate, score: weights.score(index) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score);
  const judged = await inJudgedOrder(question, ranked, options.judge, signal);
  const taken = new Set<string>();
  const found: FoundPassage<Source>[] = [];
  for (const one of judged) {
    const key = options.keyOf(one.source);
    if (taken.has(key) || found.length >= options.most) continue;
    taken.add(key);
    found.push({ ...one, ...marked(one.passage, question, weights) });
  }
  return found;
}

function titleOf(source: unknown): string {
  return typeof source === 'object' && source !== null && 'title' in source ? String(source.title) : '';
}

type Ranked<Source> = Candidate<Source> & { readonly score: number };

async function inJudgedOrder<Source>(
  question: string,
  ranked: readonly Ranked<Source>[],
  judge: PassageJudge | undefined,
  signal: AbortSignal,
): Promise<readonly Ranked<Source>[]> {
  const [first, second] = ranked;
  if (!judge || !second || first!.score > second.score * CLEAR_LEAD) return ranked;
  const shown = ranked.slice(0, JUDGED);
  const order = await judge(
    question,
    shown.map(({ passage }) => shortened(cleanText(passageText(passage)), 500)),
    signal,
  );
  if (!order || order.length === 0) return ranked;
  const chosen = order.flatMap((index) => (shown[index] ? [shown[index]] : []));
  return [...chosen, ...ranked.filter((one) => !chosen.includes(one))];
}

/** The sentences that meet most of the question; where an amount is asked for, those that hold one. */
function marked(
  { sentences }: Passage,
  question: string,
  weights: WordWeights,
): { quote: string; marked: string } {
  const wantsNumber = ASKS_AMOUNT.test(question);
  const scores = sentences.map(
    (sentence) =>
      weights.coverage(sentence) +
      (wantsNumber && /\d|[零一二三四五六七八九十百千万]/.test(sentence) ? 0.25 : 0),
  );
  const best = Math.max(...scores);
  const limit = Math.max(0.2, best * 0.75);
  const decisive = sentences.map((_, index) => best > 0 && scores[index]! >= limit);
  // Two sentences say it; what comes after the best is what explains it.
  let left = 2;
  const chosen = decisive.map((is, index) => is && (scores[index] === best || left > 1) && left-- > 0);
  const plain = (sentence: string) => sentence.replace(/[«»]/g, '"');
  return {
    quote: shortened(
      sentences
        .filter((_, index) => chosen[index])
        .map(plain)
        .join(' ') ||
        sentences[0] ||
        '',
      LONGEST_QUOTE,
    ),
    marked: shortened(
      sentences
        .map((sentence, index) => (chosen[index] ? `«${plain(sentence)}»` : plain(sentence)))
        .join(' '),
      LONGEST_MARKED,
    ),
  };
}
