import type { Settings, TalkTask } from '../../contract/settings.ts';
import { UserError } from '../../contract/user-errors.ts';
import type { ModelDescription } from '../../contract/engine-contract.ts';

/** What is to be done with what was said. */
export interface TurnTask {
  readonly task: TalkTask;
  /** English name, for translations. */
  readonly targetLanguage: string;
}

/**
 * What was asked for this turn, else what is set. A model that only names intents answers, and it can write down what
 * it hears; what it was asked for and cannot do is refused, what is merely set is left for a model that can.
 */
export function turnTask(
  asked: Partial<TurnTask>,
  settings: Pick<Settings, 'task' | 'translateTo'>,
  model: Pick<ModelDescription, 'wordsReplies' | 'id'>,
  isTyped: boolean,
): TurnTask {
  const task = asked.task ?? settings.task;
  const targetLanguage = asked.targetLanguage ?? settings.translateTo;
  const isAble = model.wordsReplies || task === 'converse' || task === 'transcribe';
  if (!isAble && asked.task) throw new UserError('mode-unavailable', { task, model: model.id });
  const isPossible = isAble && !(isTyped && needsSound(task));
  return { task: isPossible ? task : 'converse', targetLanguage };
}

function needsSound(task: TalkTask): boolean {
  return task !== 'converse' && task !== 'translate';
}
