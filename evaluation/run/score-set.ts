import type {
  EvaluationSet,
  ParalinguisticItem,
  Task,
  ToolItem,
  TranscribeItem,
  TranslateItem,
} from '../items.ts';
import { corpusBleu, tokenizerFor, type Bleu } from '../scores/bleu.ts';
import { comparisonFor } from '../scores/compared-units.ts';
import { errorRate, type ErrorRate } from '../scores/error-rate.ts';
import { paralinguisticScores, type ParalinguisticScores } from '../scores/paralinguistic-scores.ts';
import { share, type Share } from '../scores/share.ts';
import { callsTool, toolScores, type ToolScores, type ToolTrial } from '../scores/tool-scores.ts';
import type { Trial } from './trial.ts';

/** The figures of a set. Shares are 0..1, BLEU is 0..100. */
export type Scores =
  | ({ readonly task: 'transcribe'; readonly rules: string } & ErrorRate)
  | ({ readonly task: 'translate' } & Bleu)
  | ({ readonly task: 'paralinguistic' } & ParalinguisticScores)
  | {
      readonly task: 'tool';
      /** Any tool at all: whether something was called where something was to be called, and whether it was the right one. */
      readonly together: TogetherScores;
      readonly tools: readonly ToolScores[];
      /** A call of another tool is then right for another question, so that only the named reading makes sense. */
      readonly isAboutMany: boolean;
    }
  | {
      readonly task: 'converse';
      readonly mark: number | undefined;
      readonly judged: number;
      readonly unjudged: number;
    };

export interface TogetherScores {
  readonly dialogues: number;
  readonly precision: Share;
  readonly recall: Share;
  readonly type: Share;
  readonly parameter: Share;
}

/** @param trials at least one, all of the set's task */
export function scoreTrials(set: Pick<EvaluationSet, 'task' | 'language'>, trials: readonly Trial[]): Scores {
  return scorers[set.task](trials, set.language);
}

const scorers: Readonly<Record<Task, (trials: readonly Trial[], language: string) => Scores>> = {
  transcribe: (trials, language) => {
    const { unit, unitsOf, rules } = comparisonFor(language);
    const transcribed = trials.map(({ item, answer }) => ({
      reference: unitsOf((item as TranscribeItem).reference),
      hypothesis: unitsOf(answer.transcript),
    }));
    return { task: 'transcribe', rules, ...errorRate(transcribed, unit) };
  },
  translate: (trials) => {
    const items = trials.map(({ item }) => item as TranslateItem);
    const translations = trials.map(({ answer }, index) => ({
      hypothesis: answer.text,
      references: [items[index]!.reference],
    }));
    const tokenizer = tokenizerFor(items[0]?.targetLanguage ?? '');
    return { task: 'translate', ...corpusBleu(translations, { tokenizer }) };
  },
  paralinguistic: (trials) => {
    const judged = trials.map(({ item, mark }) => {
      const { dimension } = item as ParalinguisticItem;
      return { dimension, isRight: mark === undefined ? undefined : mark === 1 };
    });
    return { task: 'paralinguistic', ...paralinguisticScores(judged) };
  },
  tool: (trials) => {
    const items = trials.map(({ item }) => item as ToolItem);
    const names = [...new Set(items.flatMap(({ about, wanted }) => about ?? wanted?.name ?? []))].sort();
    const tools = names.map((name) => {
      const about = trials.filter((_trial, index) => (items[index]!.about ?? name) === name);
      return toolScores(
        name,
        about.map((trial) => toolTrial(trial, name)),
      );
    });
    const isAboutMany = items.some(({ about }) => about === undefined);
    return { task: 'tool', together: together(trials), tools, isAboutMany };
  },
  converse: (trials) => {
    const marks = trials.flatMap(({ mark }) => mark ?? []);
    const mean = marks.length === 0 ? undefined : marks.reduce((sum, mark) => sum + mark, 0) / marks.length;
    return { task: 'converse', mark: mean, judged: marks.length, unjudged: trials.length - marks.length };
  },
};

function toolTrial({ item, answer, mark }: Trial, tool: string): ToolTrial {
  const { wanted } = item as ToolItem;
  const isPositive = wanted?.name === tool;
  const hasArguments = isPositive && Object.keys(wanted?.arguments ?? {}).length > 0;
  return {
    tool,
    isPositive,
    calls: answer.calls,
    hasRightArguments: hasArguments && mark !== undefined ? mark === 1 : undefined,
  };
}

function together(trials: readonly Trial[]): TogetherScores {
  const wantedOf = (trial: Trial): string | undefined => (trial.item as ToolItem).wanted?.name;
  const called = trials.filter(({ answer }) => answer.calls.length > 0);
  const wanted = trials.filter((trial) => wantedOf(trial) !== undefined);
  const both = called.filter((trial) => wantedOf(trial) !== undefined);
  const typed = both.filter((trial) => callsTool({ tool: wantedOf(trial)!, calls: trial.answer.calls }));
  const judged = typed.filter(({ mark }) => mark !== undefined);
  return {
    dialogues: trials.length,
    precision: share(both.length, called.length),
    recall: share(both.length, wanted.length),
    type: share(typed.length, both.length),
    parameter: share(judged.filter(({ mark }) => mark === 1).length, judged.length),
  };
}
