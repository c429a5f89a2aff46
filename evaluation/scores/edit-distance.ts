/** How one sequence must be changed to become another, with the fewest changes. */
export interface Changes {
  readonly substitutions: number;
  readonly deletions: number;
  readonly insertions: number;
}

/**
 * Levenshtein's distance, told apart by kind. Of several shortest ways the one is taken that substitutes most, as
 * sclite and jiwer count.
 *
 *     in   reference, hypothesis   units to compare: words or characters
 */
export function changesBetween(reference: readonly string[], hypothesis: readonly string[]): Changes {
  // One row of the table: for each beginning of the hypothesis what it costs, and the insertions and deletions in it.
  let row = Array.from({ length: hypothesis.length + 1 }, (_, column) => ({
    cost: column,
    insertions: column,
    deletions: 0,
  }));
  for (const [index, unit] of reference.entries()) {
    const next = [{ cost: index + 1, insertions: 0, deletions: index + 1 }];
    for (let column = 1; column <= hypothesis.length; column += 1) {
      const diagonal = row[column - 1]!;
      const isSame = unit === hypothesis[column - 1];
      let best = isSame ? diagonal : { ...diagonal, cost: diagonal.cost + 1 };
      const above = row[column]!;
      if (above.cost + 1 < best.cost)
        best = { ...above, cost: above.cost + 1, deletions: above.deletions + 1 };
      const left = next[column - 1]!;
      if (left.cost + 1 < best.cost) best = { ...left, cost: left.cost + 1, insertions: left.insertions + 1 };
      next.push(best);
    }
    row = next;
  }
  const { cost, insertions, deletions } = row.at(-1)!;
  return { substitutions: cost - insertions - deletions, deletions, insertions };
}
