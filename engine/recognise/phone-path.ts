/** The likeliest phones with no regard to words. */
export interface PhonePath {
  /** Label ids without blanks and repetitions. */
  readonly phones: readonly number[];
  /** Natural log-probability of the best label in every slot, summed. */
  readonly score: number;
  /** Mean log-probability of the slots that hold a phone; 0 when there is none. */
  readonly clarity: number;
}

const BLANK = 0;

/** in: log-probabilities float32 [slot, label], label 0 = blank. */
export function bestPhonePath(logProbabilities: Float32Array, labels: number): PhonePath {
  const phones: number[] = [];
  let score = 0;
  let clear = 0;
  let spoken = 0;
  let previous = BLANK;
  for (let start = 0; start < logProbabilities.length; start += labels) {
    let best = 0;
    for (let label = 1; label < labels; label++) {
      if ((logProbabilities[start + label] as number) > (logProbabilities[start + best] as number))
        best = label;
    }
    const value = logProbabilities[start + best] as number;
    score += value;
    if (best !== BLANK) {
      clear += value;
      spoken++;
      if (best !== previous) phones.push(best);
    }
    previous = best;
  }
  return { phones, score, clarity: spoken === 0 ? 0 : clear / spoken };
}
