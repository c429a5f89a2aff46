/** What is known about one understanding of an utterance; all bounded, so that no single value decides alone. */
export interface Evidence {
  /** How much better free phones fit than the words, nats a phone; 0 = as well. */
  readonly phoneGap: number;
  /** Mean log-probability of the spoken label slots. */
  readonly clarity: number;
  /** Log-probability of a word under the language model, mean. */
  readonly languagePerWord: number;
  /** The decoder's own log-probability of a word, mean. */
  readonly decoderPerWord: number;
  /** Distance to the next best sentence, nats. */
  readonly margin: number;
  readonly lowestConfidence: number;
  readonly meanConfidence: number;
  /** 1 where the grammar says just this sentence. */
  readonly inGrammar: number;
  /** Distance to the nearest sentence of the chosen intent, as a share of the sentence. */
  readonly grammarShare: number;
  /** Log-probability of the chosen intent against that of "unknown", by the decoder. */
  readonly intentOverUnknown: number;
  /** Log-probability of the chosen intent by the decoder. */
  readonly intentCertainty: number;
  /** Log-probability of the chosen intent against that of "unknown", by the classifier. */
  readonly likelihoodOverUnknown: number;
  /** Log-probability of the chosen intent by the classifier. */
  readonly likelihood: number;
  /** Natural logarithm of the number of words. */
  readonly length: number;
}
export type EvidenceName = keyof Evidence;

/** A logistic judgement: accepted when the weighted sum of the evidence reaches 0. */
export interface Judgement {
  readonly bias: number;
  readonly weights: Readonly<Partial<Record<EvidenceName, number>>>;
}

/** Log-odds that the understanding is right, with the threshold at 0. */
export function acceptance(evidence: Evidence, judgement: Judgement): number {
  let sum = judgement.bias;
  for (const [name, weight] of Object.entries(judgement.weights))
    sum += weight * evidence[name as EvidenceName];
  return sum;
}

/** Log-odds as a number from 0 to 1. */
export function probability(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}
