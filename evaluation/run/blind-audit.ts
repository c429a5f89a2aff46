import type { EvaluationSet, ToolItem, TranscribeItem, TranslateItem } from '../items.ts';
import { comparisonFor } from '../scores/compared-units.ts';
import { share, type Share } from '../scores/share.ts';
import { callsTool } from '../scores/tool-scores.ts';
import { scoreTrials, type Scores } from './score-set.ts';
import type { Trial } from './trial.ts';

/** What a set says of a model that heard nothing. */
export interface BlindAudit {
  /** Questions answered right without their sound. */
  readonly blind: Share;
  /** The figures of the set when everything is silence. */
  readonly scores: Scores;
  /** The figures with sound, over the questions that were not answered right without it. */
  readonly rest: Scores | undefined;
  /** Silences after which something was written down, said or called. */
  readonly invented: number;
}

/**
 * Compares answers with and without the sound: what is right without it does not tell whether the model hears.
 *
 * @param trials with sound; `blind` the same questions without it, in the same order
 */
export function blindAudit(
  set: Pick<EvaluationSet, 'task' | 'language'>,
  trials: readonly Trial[],
  blind: readonly Trial[],
): BlindAudit {
  const isRight = blind.map((trial) => isAnswered(trial, set.language));
  const rest = trials.filter((_trial, index) => !isRight[index]);
  return {
    blind: share(isRight.filter(Boolean).length, blind.length),
    scores: scoreTrials(set, blind),
    rest: rest.length > 0 && rest.length < trials.length ? scoreTrials(set, rest) : undefined,
    invented: blind.filter(({ answer }) => answer.transcript + answer.text !== '' || answer.calls.length > 0)
      .length,
  };
}

/** Whether one answer is right by itself; a conversation is from mark 4 of 5 on. */
export function isAnswered({ item, answer, mark }: Trial, language: string): boolean {
  switch (item.task) {
    case 'transcribe':
      return sameWords((item as TranscribeItem).reference, answer.transcript, language);
    case 'translate': {
      const { reference, targetLanguage } = item as TranslateItem;
      return sameWords(reference, answer.text, targetLanguage);
    }
    case 'tool': {
      const { wanted, about } = item as ToolItem;
      if (wanted && (about === undefined || wanted.name === about))
        return callsTool({ tool: wanted.name, calls: answer.calls });
      return about === undefined
        ? answer.calls.length === 0
        : !callsTool({ tool: about, calls: answer.calls });
    }
    case 'paralinguistic':
      return mark === 1;
    case 'converse':
      return (mark ?? 0) >= 0.75;
  }
}

function sameWords(wanted: string, said: string, language: string): boolean {
  const { unitsOf } = comparisonFor(language);
  return unitsOf(wanted).join(' ') === unitsOf(said).join(' ');
}
