/** One rival among the sentences found, with its score as a natural logarithm. */
export interface Rival {
  readonly words: readonly string[];
  readonly score: number;
}

/**
 * For each word of the first sentence, the share of the sentences' weight that has the same word in its place.
 * `sharpness` turns scores into weights: 1 takes them as log-probabilities, less is more doubtful.
 */
export function wordConfidences(rivals: readonly Rival[], sharpness: number): number[] {
  const best = rivals[0];
  if (!best) return [];
  const weights = rivals.map(({ score }) => Math.exp(sharpness * (score - best.score)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const agreeing = best.words.map(() => 0);
  rivals.forEach(({ words }, index) => {
    for (const place of samePlaces(best.words, words))
      agreeing[place] = (agreeing[place] as number) + (weights[index] as number);
  });
  return agreeing.map((weight) => weight / total);
}

/** Positions of `words` whose word stands unchanged in a shortest edit from `words` to `other`. */
function samePlaces(words: readonly string[], other: readonly string[]): number[] {
  const width = other.length + 1;
  const cost = new Uint16Array((words.length + 1) * width);
  for (let row = 0; row <= words.length; row++) {
    for (let column = 0; column < width; column++) {
      const cell = row * width + column;
      if (row === 0 || column === 0) cost[cell] = row + column;
      else {
        const changed = (cost[cell - width - 1] as number) + (words[row - 1] === other[column - 1] ? 0 : 1);
        cost[cell] = Math.min(changed, (cost[cell - width] as number) + 1, (cost[cell - 1] as number) + 1);
      }
    }
  }
  const places: number[] = [];
  for (let row = words.length, column = other.length; row > 0 && column > 0;) {
    const cell = row * width + column;
    const same = words[row - 1] === other[column - 1];
    if (cost[cell] === (cost[cell - width - 1] as number) + (same ? 0 : 1)) {
      if (same) places.push(row - 1);
      row--;
      column--;
    } else if (cost[cell] === (cost[cell - width] as number) + 1) row--;
    else column--;
  }
  return places;
}
