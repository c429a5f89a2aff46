import type { TurnOutcome } from './live-turn.ts';
import { completeHearing, replyOnce, speechOf } from './model-reply.ts';
import { ShownText, type ModelSpeech } from './model-speech.ts';
import { humanMessage } from './prompt-messages.ts';
import type { TurnTask } from './turn-task.ts';
import type { TurnWork } from './turn-work.ts';

/** A turn that is no conversation: what was said is written down, translated, described or listened to closely. */
export async function carryOutTask(
  work: TurnWork,
  { task, targetLanguage }: TurnTask,
  signal: AbortSignal,
): Promise<TurnOutcome> {
  if (task !== 'transcribe') {
    const asked = { task, messages: [humanMessage(work.input)], tools: [], targetLanguage };
    const speech = taskSpeech(work, task, targetLanguage, signal);
    try {
      await replyOnce(work, asked, speech, signal);
      // What was to be heard has just been told, words included.
      if (task !== 'describe') await completeHearing(work, signal);
    } finally {
      await speech.handedOut();
    }
  } else {
    await completeHearing(work, signal);
  }
  await work.speech.finish(signal);
  return 'completed';
}

/** The light voice speaks English only. */
function taskSpeech(
  work: TurnWork,
  task: TurnTask['task'],
  targetLanguage: string,
  signal: AbortSignal,
): ModelSpeech {
  const isForeign = task === 'translate' && targetLanguage.trim().toLowerCase() !== 'english';
  return work.plan === 'light-voice' && isForeign ? new ShownText(work.turn) : speechOf(work, signal);
}
