import type { Outcome } from './listener.ts';
import { wordErrors, words } from './word-errors.ts';

/** Shares are 0..1. */
export interface SetMeasures {
  readonly utterances: number;
  readonly wordError: number;
  /** Right intent, and right intent with all slots, of the likeliest frame, rejected or not. */
  readonly intent: number;
  readonly frame: number;
  /** Right intent, and acted on. */
  readonly actedOn: number;
  /** Not acted on: unclear, out of domain, or nothing heard. */
  readonly rejected: number;
  /** Nothing at all was heard. */
  readonly silent: number;
  readonly gender: { readonly told: number; readonly right: number };
  readonly realTimeFactor: number;
  readonly medianMs: number;
}

export function measure(outcomes: readonly Outcome[]): SetMeasures {
  const count = outcomes.length;
  const share = (holds: (outcome: Outcome) => boolean): number => outcomes.filter(holds).length / count;
  const errors = sum(
    outcomes.map((outcome) => wordErrors(outcome.utterance.text, outcome.hearing.transcript)),
  );
  const gendered = outcomes.filter((outcome) => outcome.utterance.gender !== 'unsure' && genderOf(outcome));
  const times = outcomes.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return {
    utterances: count,
    wordError: errors / Math.max(1, sum(outcomes.map(({ utterance }) => words(utterance.text).length))),
    intent: share(hasIntent),
    frame: share(hasFrame),
    actedOn: share((outcome) => hasIntent(outcome) && !isRejected(outcome)),
    rejected: share(isRejected),
    silent: share(({ hearing }) => hearing.transcript === ''),
    gender: {
      told: gendered.length / count,
      right:
        gendered.filter((outcome) => genderOf(outcome) === outcome.utterance.gender).length /
        Math.max(1, gendered.length),
    },
    realTimeFactor: sum(times) / 1000 / sum(outcomes.map(({ seconds }) => seconds)),
    medianMs: times[Math.floor(count / 2)] ?? 0,
  };
}

export function hasIntent({ utterance, understanding }: Outcome): boolean {
  return understanding.best.intent === utterance.intent;
}

export function hasFrame(outcome: Outcome): boolean {
  return hasIntent(outcome) && sameSlots(outcome.utterance.slots, outcome.understanding.best.slots);
}

export function isRejected({ hearing, understanding }: Outcome): boolean {
  return !hearing.isSpeech || understanding.refusal !== undefined;
}

/** The likelier gender, whether or not it is likely enough to be told. */
export function genderOf({ hearing }: Outcome): string | undefined {
  const shares = Object.entries(hearing.tagShares.get('gender') ?? {});
  return shares.sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** Log-odds of acceptance; what is no speech or named "unknown" is below everything. */
export function acceptanceOf({ hearing, understanding }: Outcome): number {
  return hearing.isSpeech && understanding.best.intent !== 'unknown' ? understanding.acceptance : -Infinity;
}

/** Share of `refused` below the acceptance that `falseRejects` of `wanted` lie below. */
export function rejectionAt(
  falseRejects: number,
  wanted: readonly Outcome[],
  refused: readonly Outcome[],
): number {
  const sorted = wanted.map(acceptanceOf).sort((a, b) => a - b);
  const threshold = sorted[Math.floor(falseRejects * sorted.length)] ?? 0;
  return refused.filter((outcome) => acceptanceOf(outcome) < threshold).length / Math.max(1, refused.length);
}

export function sameSlots(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => a[name] === b[name]);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
