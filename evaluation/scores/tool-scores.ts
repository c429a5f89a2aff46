import type { ToolCall } from '../items.ts';
import { share, type Share } from './share.ts';

/** A dialogue after which a model called something or not. */
export interface ToolTrial {
  /** The tool that the figures are about. */
  readonly tool: string;
  /** Whether the tool is to be called. */
  readonly isPositive: boolean;
  readonly calls: readonly ToolCall[];
  /** Whether the arguments of the right tool are right; undefined where nobody judged. */
  readonly hasRightArguments: boolean | undefined;
}

/** What counts as triggered: a call of the tool in question, or any call at all (the protocol leaves it open). */
export type TriggerReading = 'named' | 'any';

export interface ToolScores {
  readonly tool: string;
  readonly positives: number;
  readonly negatives: number;
  readonly trigger: Readonly<Record<TriggerReading, { precision: Share; recall: Share }>>;
  /** Among positives with any call, those with a call of the right tool. */
  readonly type: Share;
  /** Among positives with the right tool, those with right arguments. */
  readonly parameter: Share;
}

/** The figures of StepEval-Audio-Toolcall for one tool. */
export function toolScores(tool: string, trials: readonly ToolTrial[]): ToolScores {
  const about = trials.filter((trial) => trial.tool === tool);
  const positives = about.filter(({ isPositive }) => isPositive);
  const called = positives.filter(({ calls }) => calls.length > 0);
  const named = positives.filter(callsTool);
  const judged = named.filter(({ hasRightArguments }) => hasRightArguments !== undefined);
  return {
    tool,
    positives: positives.length,
    negatives: about.length - positives.length,
    trigger: { named: trigger(about, callsTool), any: trigger(about, ({ calls }) => calls.length > 0) },
    type: share(named.length, called.length),
    parameter: share(judged.filter(({ hasRightArguments }) => hasRightArguments).length, judged.length),
  };
}

export function callsTool({ tool, calls }: Pick<ToolTrial, 'tool' | 'calls'>): boolean {
  return calls.some(({ name }) => name === tool);
}

function trigger(trials: readonly ToolTrial[], isTriggered: (trial: ToolTrial) => boolean) {
  const triggered = trials.filter(isTriggered);
  const rightly = triggered.filter(({ isPositive }) => isPositive).length;
  const positives = trials.filter(({ isPositive }) => isPositive).length;
  return { precision: share(rightly, triggered.length), recall: share(rightly, positives) };
}
