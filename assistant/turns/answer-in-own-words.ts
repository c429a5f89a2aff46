import type { PromptMessage } from '../../contract/engine-contract.ts';
import { tagNote } from '../tags/tag-note.ts';
import type { TurnOutcome } from './live-turn.ts';
import { completeHearing, replyOnce, speechOf } from './model-reply.ts';
import {
  callingMessage,
  earlierMessages,
  humanMessage,
  resultMessages,
  systemMessage,
  type ToolResult,
} from './prompt-messages.ts';
import type { TurnWork } from './turn-work.ts';

/** A model that still calls tools after so many rounds goes in circles. */
const MOST_ROUNDS = 6;
const LATER = 'Still at work. The person will be told the outcome when it is there; say so, and go on.';

/** A turn with a model that words its replies: it speaks, calls tools, is given the results and speaks again. */
export async function answerInOwnWords(work: TurnWork, signal: AbortSignal): Promise<TurnOutcome> {
  const { memory, toolContext, input, registry, model, turn, plan } = work;
  const { timeZone, locale } = toolContext;
  turn.note = toneNote(work);
  const messages: PromptMessage[] = [
    systemMessage(toolContext.now(), timeZone, locale, plan === 'buffered'),
    ...earlierMessages(memory.recentTurns, model.id),
    humanMessage(input, turn.note),
  ];
  // The same tools in every round: a prompt that begins like the one before is not computed again.
  const tools = registry.schemas(toolContext);
  const speech = speechOf(work, signal);
  let toolsClosed = false;
  try {
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const asked = { task: 'converse', messages: [...messages], tools, toolsClosed } as const;
      const { said, calls, tokens } = await replyOnce(work, asked, speech, signal);
      if (round === 0 && calls.length === 0 && tokens) turn.spoken = { modelId: model.id, tokens };
      if (calls.length === 0 || toolsClosed) break;
      messages.push(callingMessage(said, calls, tokens));
      const results: ToolResult[] = [];
      for (const call of calls) {
        work.setPhase('working');
        const outcome = await work.tools.run(call, signal);
        results.push(
          outcome.ok === 'later'
            ? { value: { status: LATER }, isForeign: false }
            : outcome.ok
              ? { value: outcome.result, isForeign: outcome.isForeign }
              : { value: { error: outcome.failure }, isForeign: false },
        );
        // What came from outside is data: after it, nothing in this turn may call a tool again.
        if (outcome.ok === true && outcome.isForeign) toolsClosed = true;
      }
      messages.push(...resultMessages(results));
      work.setPhase('understanding');
    }
    await completeHearing(work, signal);
  } finally {
    await speech.handedOut();
  }
  await work.speech.finish(signal);
  return 'completed';
}

/** How the person sounds, where the answer is to be fitted to it. */
function toneNote({ turn, settings }: TurnWork): string | undefined {
  const { hearTags, answerByTone } = settings();
  return hearTags && answerByTone ? tagNote(turn.tags) : undefined;
}
