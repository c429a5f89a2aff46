import { dimensions, type Dimension } from '../items.ts';
import { share, type Share } from './share.ts';

export interface ParalinguisticTrial {
  readonly dimension: Dimension;
  /** Undefined where nobody judged. */
  readonly isRight: boolean | undefined;
}

export interface ParalinguisticScores {
  readonly byDimension: Readonly<Partial<Record<Dimension, Share>>>;
  /** The mean of the dimensions, as published; undefined unless all eleven were judged. */
  readonly average: number | undefined;
  readonly unjudged: number;
}

/** Accuracy of each dimension over what was judged. */
export function paralinguisticScores(trials: readonly ParalinguisticTrial[]): ParalinguisticScores {
  const byDimension: Partial<Record<Dimension, Share>> = {};
  for (const dimension of dimensions) {
    const judged = trials.filter((trial) => trial.dimension === dimension && trial.isRight !== undefined);
    if (judged.length === 0) continue;
    byDimension[dimension] = share(judged.filter(({ isRight }) => isRight).length, judged.length);
  }
  const shares = Object.values(byDimension).map((one) => one.share ?? 0);
  const isWhole = shares.length === dimensions.length;
  return {
    byDimension,
    average: isWhole ? shares.reduce((sum, one) => sum + one, 0) / shares.length : undefined,
    unjudged: trials.filter(({ isRight }) => isRight === undefined).length,
  };
}
