import type { PromptMessage, ReplyRequest } from '../../contract/engine-contract.ts';
import { ItemQueue } from '../../contract/calls/item-queue.ts';
import { SentenceSplitter } from './sentences.ts';
import type { TurnOutcome } from './live-turn.ts';
import {
  callingMessage,
  earlierMessages,
  humanMessage,
  resultMessage,
  systemMessage,
} from './prompt-messages.ts';
import type { ToolCall } from './tool-runner.ts';
import type { TurnWork } from './turn-work.ts';

/** A model that still calls tools after so many rounds goes in circles. */
const MOST_ROUNDS = 6;

/** A turn with a model that words its replies: it speaks, calls tools, is given the results and speaks again. */
export async function answerInOwnWords(work: TurnWork, signal: AbortSignal): Promise<TurnOutcome> {
  const { memory, toolContext, input, registry } = work;
  const messages: PromptMessage[] = [
    systemMessage(toolContext.now(), toolContext.timeZone, toolContext.locale),
    ...earlierMessages(memory.recentTurns),
    humanMessage(input),
  ];
  let mayCallTools = true;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const tools = mayCallTools ? registry.schemas(toolContext) : [];
    const { said, calls } = await replyOnce(work, { messages: [...messages], tools }, signal);
    if (calls.length === 0 || !mayCallTools) break;
    messages.push(callingMessage(said, calls));
    for (const call of calls) {
      work.setPhase('working');
      const outcome = await work.tools.run(call, signal);
      messages.push(resultMessage(outcome.ok ? outcome.result : { error: outcome.failure }));
      // What came from outside is data: after it, nothing in this turn may call a tool again.
      if (outcome.ok && outcome.leavesMachine) mayCallTools = false;
    }
    work.setPhase('understanding');
  }
  await completeHearing(work, signal);
  await work.speech.finish(signal);
  return 'completed';
}

/** One reply of the model, shown and spoken as it comes. */
async function replyOnce(
  work: TurnWork,
  prompt: Pick<ReplyRequest, 'messages' | 'tools'>,
  signal: AbortSignal,
): Promise<{ said: string; calls: ToolCall[] }> {
  const { engine, turn, model, settings, speech } = work;
  const speaksItself = model.speaks === 'token2wav';
  const voice = speaksItself ? undefined : speakSentences(work, signal);
  const calls: ToolCall[] = [];
  let said = '';
  try {
    const request: ReplyRequest = { task: 'converse', ...prompt, voiceId: settings().voiceId };
    for await (const event of engine.reply(request, signal)) {
      signal.throwIfAborted();
      if (event.type === 'text-delta') {
        said += event.text;
        if (voice) voice.push(event.text);
        else turn.textDelta(event.text);
      } else if (event.type === 'audio-delta') {
        if (speaksItself) await speech.playModelAudio(event.samples, event.sampleRate, signal);
      } else if (event.type === 'heard') {
        turn.heard(event.transcript, event.rejected, event.confidence);
      } else if (event.type === 'tags') {
        if (settings().hearTags) turn.heardTags(event.tags);
      } else if (event.type === 'thinking-delta') {
        turn.thinkingDelta(event.text);
      } else if (event.type === 'tool-call') {
        calls.push({ tool: event.name, arguments: event.arguments });
      }
    }
    signal.throwIfAborted();
  } finally {
    await voice?.finish();
  }
  return { said, calls };
}

/** Speaks a growing text while the model still writes it. */
function speakSentences(
  work: TurnWork,
  signal: AbortSignal,
): { push(text: string): void; finish(): Promise<void> } {
  const splitter = new SentenceSplitter();
  const sentences = new ItemQueue<string>();
  const spoken = (async () => {
    for await (const sentence of sentences) await work.speech.saySentence(sentence, signal);
  })();
  spoken.catch(() => sentences.end());
  return {
    push: (text) => splitter.push(text).forEach((sentence) => sentences.push(sentence)),
    finish: async () => {
      splitter.finish().forEach((sentence) => sentences.push(sentence));
      sentences.end();
      await spoken;
    },
  };
}

/** The transcript and the tags, where the model did not give them while it answered. */
async function completeHearing(work: TurnWork, signal: AbortSignal): Promise<void> {
  const { engine, turn, input, settings } = work;
  if (!('utteranceId' in input)) return;
  const ask = (task: 'transcribe' | 'tags') =>
    engine.reply({ task, messages: [humanMessage(input)], tools: [], voiceId: settings().voiceId }, signal);
  if (!turn.transcript) {
    for await (const event of ask('transcribe')) {
      if (event.type === 'heard') turn.heard(event.transcript, event.rejected, event.confidence);
    }
  }
  if (turn.tags.length === 0 && settings().hearTags) {
    for await (const event of ask('tags')) {
      if (event.type === 'tags') turn.heardTags(event.tags);
    }
  }
  signal.throwIfAborted();
}
