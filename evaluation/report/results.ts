import type { EvaluationSet, SkippedItem } from '../items.ts';
import type { Answered } from '../run/answer.ts';
import { blindAudit, type BlindAudit } from '../run/blind-audit.ts';
import { scoreTrials, type Scores } from '../run/score-set.ts';
import type { Trial } from '../run/trial.ts';

/** Everything that a run found out; written as JSON and shown as a page. */
export interface Results {
  readonly format: 1;
  /** ISO date */
  readonly made: string;
  readonly machine: string;
  /** Programs that wanted to run at the same time, on average over the last minutes (1 = one core's worth). */
  readonly load: number;
  readonly cores: number;
  readonly model: {
    readonly id: string;
    readonly name: string;
    readonly version: string;
    readonly licence: string;
    readonly provider: string;
    /** Another machine; empty where it ran here. */
    readonly host: string;
  };
  /** Empty = nobody judged. */
  readonly judge: string;
  /** At most so many questions of each set; 0 = all. */
  readonly limit: number;
  readonly isWhole: boolean;
  readonly sets: readonly SetResults[];
}

export interface SetResults extends Pick<
  EvaluationSet,
  'name' | 'layout' | 'task' | 'language' | 'published'
> {
  readonly items: number;
  /** With sound. */
  readonly answered: number;
  /** The model has no way to do what the set asks for. */
  readonly isImpossible: boolean;
  readonly skipped: readonly SkippedItem[];
  /** Undefined where nothing was answered. */
  readonly scores: Scores | undefined;
  readonly audit: BlindAudit | undefined;
  readonly times: Times;
}

export interface Times {
  readonly soundSeconds: number;
  /** From the end of the sound to the end of the answer, over the length of the sound. */
  readonly realTimeFactor: number;
  readonly medianMs: number;
}

/** @param blind the same questions without their sound; empty where they were not asked */
export function setResults(
  set: EvaluationSet,
  answered: readonly Answered[],
  skipped: readonly SkippedItem[],
  trials: readonly Trial[],
  blind: readonly Trial[],
): SetResults {
  const { name, layout, task, language, published } = set;
  const isImpossible = trials.length > 0 && trials.every(({ answer }) => answer.isImpossible);
  const isScored = trials.length > 0 && !isImpossible;
  return {
    name,
    layout,
    task,
    language,
    ...(published === undefined ? {} : { published }),
    items: set.items.length,
    answered: answered.length,
    isImpossible,
    skipped: [...set.skipped, ...skipped],
    scores: isScored ? scoreTrials(set, trials) : undefined,
    audit: isScored && blind.length > 0 ? blindAudit(set, trials, blind) : undefined,
    times: timesOf(answered),
  };
}

function timesOf(answered: readonly Answered[]): Times {
  const spent = answered.map(({ sound }) => sound.milliseconds).sort((a, b) => a - b);
  const soundSeconds = answered.reduce((sum, { sound }) => sum + sound.seconds, 0);
  const seconds = spent.reduce((sum, one) => sum + one, 0) / 1000;
  return {
    soundSeconds,
    realTimeFactor: soundSeconds === 0 ? 0 : seconds / soundSeconds,
    medianMs: spent[Math.floor(spent.length / 2)] ?? 0,
  };
}
