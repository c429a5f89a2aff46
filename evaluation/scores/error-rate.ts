import { changesBetween, type Changes } from './edit-distance.ts';
import { resampledInterval, type Interval } from './interval.ts';

/** What is compared: words, or characters where a language writes no blanks. */
export type Unit = 'word' | 'character';

export interface ErrorRate extends Changes {
  readonly unit: Unit;
  /** Errors by units of the references; may exceed 1. */
  readonly rate: number;
  /** 95 %, from drawing the utterances anew. */
  readonly interval: Interval;
  readonly referenceUnits: number;
  readonly utterances: number;
  /** Utterances without any error. */
  readonly perfect: number;
}

export interface Transcribed {
  readonly reference: readonly string[];
  readonly hypothesis: readonly string[];
}

/** Word or character error rate over a set: all errors by all units of the references, not the mean of the utterances. */
export function errorRate(utterances: readonly Transcribed[], unit: Unit): ErrorRate {
  const counted = utterances.map(({ reference, hypothesis }) => ({
    ...changesBetween(reference, hypothesis),
    units: reference.length,
  }));
  const sum = (of: (one: (typeof counted)[number]) => number): number =>
    counted.reduce((total, one) => total + of(one), 0);
  const errors = (one: Changes): number => one.substitutions + one.deletions + one.insertions;
  const units = sum((one) => one.units);
  return {
    unit,
    rate: sum(errors) / Math.max(1, units),
    interval: resampledInterval(counted.map((one) => [errors(one), one.units])),
    substitutions: sum((one) => one.substitutions),
    deletions: sum((one) => one.deletions),
    insertions: sum((one) => one.insertions),
    referenceUnits: units,
    utterances: utterances.length,
    perfect: counted.filter((one) => errors(one) === 0).length,
  };
}
