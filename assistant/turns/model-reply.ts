import type { ReplyRequest } from '../../contract/engine-contract.ts';
import { fittedRate } from '../tags/fit-tone.ts';
import { LightSpeech, OwnSpeech, type ModelSpeech } from './model-speech.ts';
import { LONGEST_BUFFERED_SECONDS } from './speech-plan.ts';
import { humanMessage } from './prompt-messages.ts';
import type { ToolCall } from './tool-runner.ts';
import type { TurnWork } from './turn-work.ts';

const MOST_SEED = 2 ** 31;

export interface ModelReply {
  readonly said: string;
  readonly calls: readonly ToolCall[];
  /** A spoken reply as the model wrote it. */
  readonly tokens?: readonly number[];
}

/** The voice that the turn's plan has. */
export function speechOf(work: TurnWork, signal: AbortSignal): ModelSpeech {
  return work.plan === 'light-voice' ? new LightSpeech(work.speech, signal) : new OwnSpeech(work, signal);
}

/** One reply of the model, shown and spoken as it comes. */
export async function replyOnce(
  work: TurnWork,
  asked: Pick<ReplyRequest, 'task' | 'messages' | 'tools' | 'toolsClosed' | 'targetLanguage'>,
  speech: ModelSpeech,
  signal: AbortSignal,
): Promise<ModelReply> {
  const { engine, turn, settings, plan, toolContext } = work;
  const { speakingRate, hearTags } = settings();
  const request: ReplyRequest = {
    ...asked,
    ...work.spokenVoice(),
    speakingRate: fittedRate(speakingRate, turn.tone),
    ...(hearTags ? {} : { withoutTags: true }),
    spoken: plan !== 'light-voice',
    ...(plan === 'buffered' ? { longestSpeechSeconds: LONGEST_BUFFERED_SECONDS } : {}),
    sampling: { seed: Math.floor(toolContext.random() * MOST_SEED) },
  };
  const calls: ToolCall[] = [];
  let said = '';
  let tokens: readonly number[] | undefined;
  try {
    for await (const event of engine.reply(request, signal)) {
      signal.throwIfAborted();
      if (event.type === 'text-delta') {
        said += event.text;
        speech.text(event.text);
      } else if (event.type === 'audio-delta') {
        said += event.text ?? '';
        speech.sound(event.samples, event.sampleRate, event.text ?? '');
      } else if (event.type === 'heard') {
        turn.heard(event.transcript, event.rejected, event.confidence);
      } else if (event.type === 'tags') {
        work.hearTags(event.tags);
      } else if (event.type === 'thinking-delta') {
        turn.thinkingDelta(event.text);
      } else if (event.type === 'tool-call') {
        calls.push({ tool: event.name, arguments: event.arguments });
      } else if (event.type === 'end') {
        ({ tokens } = event);
      }
    }
    signal.throwIfAborted();
  } finally {
    speech.endReply();
  }
  return { said, calls, ...(tokens ? { tokens } : {}) };
}

/** The transcript and the tags, where the model did not give them while it answered. */
export async function completeHearing(work: TurnWork, signal: AbortSignal): Promise<void> {
  const { engine, turn, input, settings } = work;
  if (!('utteranceId' in input)) return;
  const ask = (task: 'transcribe' | 'tags') =>
    engine.reply({ task, messages: [humanMessage(input)], tools: [], voiceId: settings().voiceId }, signal);
  if (!turn.transcript) {
    for await (const event of ask('transcribe')) {
      if (event.type === 'heard') turn.heard(event.transcript, event.rejected, event.confidence);
    }
  }
  const isUnheard = turn.mayHaveMoreTags || !turn.tags.some(({ source }) => source === 'model');
  if (isUnheard && settings().hearTags) {
    for await (const event of ask('tags')) {
      if (event.type === 'tags') work.hearTags(event.tags);
    }
  }
  signal.throwIfAborted();
}
