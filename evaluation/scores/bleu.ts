import { bleuTokens, type BleuTokenizer } from './bleu-tokens.ts';

export type Smoothing = 'exp' | 'floor' | 'add-k' | 'none';

export interface BleuOptions {
  readonly tokenizer: BleuTokenizer;
  readonly smoothing?: Smoothing;
  /** Of `floor` (usually 0.1) and `add-k` (usually 1). */
  readonly smoothingValue?: number;
  /** For single sentences: n-grams longer than the sentence are left out. */
  readonly effectiveOrder?: boolean;
  readonly lowercase?: boolean;
}

export interface Bleu {
  /** 0..100 */
  readonly score: number;
  /** Of 1-grams to 4-grams, 0..100. */
  readonly precisions: readonly number[];
  readonly matched: readonly number[];
  readonly counted: readonly number[];
  readonly brevityPenalty: number;
  readonly hypothesisLength: number;
  readonly referenceLength: number;
  /** What sacrebleu would print, so that figures can be compared. */
  readonly signature: string;
}

export interface Translated {
  readonly hypothesis: string;
  readonly references: readonly string[];
}

const LONGEST = 4;
/** Whose definition is followed. */
const SACREBLEU_VERSION = '2.6.0';
const usualValue: Readonly<Record<Smoothing, number>> = { exp: 0, floor: 0.1, 'add-k': 1, none: 0 };

/** BLEU of a corpus (Papineni et al. 2002) as sacrebleu defines it (Post 2018). */
export function corpusBleu(translations: readonly Translated[], options: BleuOptions): Bleu {
  const matched = new Array<number>(LONGEST).fill(0);
  const counted = new Array<number>(LONGEST).fill(0);
  let hypothesisLength = 0;
  let referenceLength = 0;
  for (const { hypothesis, references } of translations) {
    const said = tokensOf(hypothesis, options);
    const wanted = references.map((reference) => tokensOf(reference, options));
    hypothesisLength += said.length;
    referenceLength += closestLength(
      said.length,
      wanted.map(({ length }) => length),
    );
    for (let order = 1; order <= LONGEST; order += 1) {
      const most = highestCounts(wanted, order);
      for (const [gram, count] of countGrams(said, order)) {
        counted[order - 1]! += count;
        matched[order - 1]! += Math.min(count, most.get(gram) ?? 0);
      }
    }
  }
  const lengths = { hypothesisLength, referenceLength };
  const references = translations[0]?.references.length ?? 1;
  return { ...bleuOf(matched, counted, lengths, options), signature: signature(references, options) };
}

/** The score of counts that were made before. */
export function bleuOf(
  matched: readonly number[],
  counted: readonly number[],
  lengths: Pick<Bleu, 'hypothesisLength' | 'referenceLength'>,
  options: Pick<BleuOptions, 'smoothing' | 'smoothingValue' | 'effectiveOrder'>,
): Omit<Bleu, 'signature'> {
  const { smoothing = 'exp', effectiveOrder = false } = options;
  const value = options.smoothingValue ?? usualValue[smoothing];
  const brevityPenalty = brevity(lengths);
  const precisions = new Array<number>(LONGEST).fill(0);
  const common = { precisions, matched, counted, brevityPenalty, ...lengths };
  if (matched.every((count) => count === 0)) return { score: 0, ...common };
  let halvings = 1;
  let orders = LONGEST;
  for (let order = 0; order < LONGEST; order += 1) {
    const added = smoothing === 'add-k' && order > 0 ? value : 0;
    const right = matched[order]! + added;
    const all = counted[order]! + added;
    if (all === 0) break;
    if (effectiveOrder) orders = order + 1;
    if (right > 0) precisions[order] = (100 * right) / all;
    else if (smoothing === 'exp') precisions[order] = 100 / ((halvings *= 2) * all);
    else if (smoothing === 'floor') precisions[order] = (100 * value) / all;
  }
  const used = precisions.slice(0, orders);
  const isZero = used.some((precision) => precision === 0);
  const mean = Math.exp(used.reduce((sum, precision) => sum + Math.log(precision), 0) / orders);
  return { score: isZero ? 0 : brevityPenalty * mean, ...common };
}

/** The tokenizer that sacrebleu would choose. */
export function tokenizerFor(language: string): BleuTokenizer {
  return /^(zh|cmn|yue)\b/i.test(language) ? 'zh' : '13a';
}

function brevity({
  hypothesisLength: said,
  referenceLength: wanted,
}: Pick<Bleu, 'hypothesisLength' | 'referenceLength'>) {
  if (said >= wanted) return 1;
  return said > 0 ? Math.exp(1 - wanted / said) : 0;
}

function tokensOf(sentence: string, { tokenizer, lowercase = false }: BleuOptions): string[] {
  return bleuTokens(lowercase ? sentence.toLowerCase() : sentence, tokenizer);
}

function countGrams(tokens: readonly string[], order: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at + order <= tokens.length; at += 1) {
    const gram = tokens.slice(at, at + order).join(' ');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

function highestCounts(references: readonly (readonly string[])[], order: number): Map<string, number> {
  const most = new Map<string, number>();
  for (const tokens of references) {
    for (const [gram, count] of countGrams(tokens, order)) {
      most.set(gram, Math.max(most.get(gram) ?? 0, count));
    }
  }
  return most;
}

/** Of two that are equally near, the shorter. */
function closestLength(length: number, references: readonly number[]): number {
  const ranked = [...references].sort((a, b) => Math.abs(a - length) - Math.abs(b - length) || a - b);
  return ranked[0] ?? 0;
}

function signature(references: number, options: BleuOptions): string {
  const { smoothing = 'exp', effectiveOrder = false, lowercase = false, tokenizer } = options;
  const value = options.smoothingValue ?? usualValue[smoothing];
  const smooth =
    smoothing === 'floor' || smoothing === 'add-k' ? `${smoothing}[${value.toFixed(2)}]` : smoothing;
  return [
    `nrefs:${references}`,
    `case:${lowercase ? 'lc' : 'mixed'}`,
    `eff:${effectiveOrder ? 'yes' : 'no'}`,
    `tok:${tokenizer}`,
    `smooth:${smooth}`,
    `version:${SACREBLEU_VERSION}`,
  ].join('|');
}
