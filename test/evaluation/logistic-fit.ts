import type { Evidence, EvidenceName, Judgement } from '../../engine/recognise/rejection.ts';

export interface Labelled {
  readonly evidence: Evidence;
  readonly right: boolean;
  /** How much this example counts. */
  readonly weight: number;
}

const STEPS = 4000;
const RATE = 0.3;
/** Keeps weights small where there are few examples. */
const SHRINKAGE = 0.004;

/** Logistic regression by gradient descent on standardised evidence; weights are returned in the evidence's own units. */
export function fitJudgement(examples: readonly Labelled[], names: readonly EvidenceName[]): Judgement {
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  const mean = names.map((name) => average(examples, total, ({ evidence }) => evidence[name]));
  const spread = names.map((name, at) => {
    return (
      Math.sqrt(average(examples, total, ({ evidence }) => (evidence[name] - (mean[at] as number)) ** 2)) || 1
    );
  });
  const rows = examples.map(({ evidence }) => {
    return names.map((name, at) => (evidence[name] - (mean[at] as number)) / (spread[at] as number));
  });
  const weights = names.map(() => 0);
  let bias = 0;
  for (let step = 0; step < STEPS; step++) {
    const gradient = names.map(() => 0);
    let biasGradient = 0;
    rows.forEach((row, index) => {
      const { right, weight } = examples[index] as Labelled;
      const odds = row.reduce((sum, value, at) => sum + value * (weights[at] as number), bias);
      const error = (weight * ((right ? 1 : 0) - 1 / (1 + Math.exp(-odds)))) / total;
      row.forEach((value, at) => (gradient[at] = (gradient[at] as number) + error * value));
      biasGradient += error;
    });
    gradient.forEach((value, at) => {
      weights[at] = (weights[at] as number) + RATE * (value - SHRINKAGE * (weights[at] as number));
    });
    bias += RATE * biasGradient;
  }
  const own = weights.map((weight, at) => weight / (spread[at] as number));
  return {
    bias: bias - own.reduce((sum, weight, at) => sum + weight * (mean[at] as number), 0),
    weights: Object.fromEntries(names.map((name, at) => [name, own[at] as number])),
  };
}

function average(examples: readonly Labelled[], total: number, value: (example: Labelled) => number): number {
  return examples.reduce((sum, example) => sum + example.weight * value(example), 0) / total;
}
