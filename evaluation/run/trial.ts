import type { Judge, JudgeQuestion, Mark } from '../judge/judge.ts';
import type { Item, ParalinguisticItem, ToolItem } from '../items.ts';
import { sameArguments } from '../scores/same-arguments.ts';
import type { Answer } from './answer.ts';

/** An answer with what was made of it. */
export interface Trial {
  readonly item: Item;
  readonly answer: Answer;
  /** Undefined where nothing is to be judged, or nobody could. */
  readonly mark: Mark | undefined;
}

/** Judges what cannot be told by comparing; without a judge only what compares equal, or plainly does not. */
export async function trialOf(
  item: Item,
  answer: Answer,
  judge: Judge | undefined,
  signal: AbortSignal,
): Promise<Trial> {
  return { item, answer, mark: answer.isImpossible ? undefined : await markOf(item, answer, judge, signal) };
}

async function markOf(
  item: Item,
  answer: Answer,
  judge: Judge | undefined,
  signal: AbortSignal,
): Promise<Mark | undefined> {
  switch (item.task) {
    case 'paralinguistic':
      return markParalinguistic(item, answer, judge, signal);
    case 'tool':
      return markArguments(item, answer, judge, signal);
    case 'converse': {
      if (answer.text === '') return 0;
      const { question, reference } = item;
      const asked: JudgeQuestion = { kind: 'conversation', question, reference, reply: answer.text };
      return judge?.mark(asked, signal);
    }
    default:
      return undefined;
  }
}

/** A model that does not word its replies answers with a tag, which is the label or not. */
async function markParalinguistic(
  { dimension, label, answer: expected }: ParalinguisticItem,
  answer: Answer,
  judge: Judge | undefined,
  signal: AbortSignal,
): Promise<Mark | undefined> {
  const tag = answer.tags[dimension.toLowerCase()];
  if (answer.text === '') return tag === undefined ? 0 : Number(tag.toLowerCase() === label.toLowerCase());
  const asked: JudgeQuestion = {
    kind: 'paralinguistic',
    dimension,
    label,
    answer: expected,
    reply: answer.text,
  };
  return judge?.mark(asked, signal);
}

/** Only of the right call; equal arguments need no judge. */
async function markArguments(
  { wanted, history, spoken }: ToolItem,
  answer: Answer,
  judge: Judge | undefined,
  signal: AbortSignal,
): Promise<Mark | undefined> {
  const call = answer.calls.find(({ name }) => name === wanted?.name);
  if (!wanted || !call) return undefined;
  if (sameArguments(wanted.arguments, call.arguments)) return 1;
  if (!judge) return 0;
  const dialogue = [...history.map(({ from, text }) => `${from}: ${text}`), `human: ${spoken}`];
  const asked: JudgeQuestion = {
    kind: 'arguments',
    dialogue,
    tool: wanted.name,
    reference: wanted.arguments,
    given: call.arguments,
  };
  return judge.mark(asked, signal);
}
