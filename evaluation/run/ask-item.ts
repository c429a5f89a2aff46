import { randomUUID } from 'node:crypto';
import type { Engine, ReplyRequest, UtteranceSummary } from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';
import { callOfIntent } from '../intent-call.ts';
import type { Item, ToolCall } from '../items.ts';
import type { Sound } from '../sound-files.ts';
import type { Answer } from './answer.ts';
import { questionFor } from './question.ts';

/** Half a second at a time, as a microphone would bring it. */
const PIECE_SECONDS = 0.5;
/** So that the same question has the same answer, where the model can do that. */
const SEED = 0;

/** Puts one question to the model that is loaded. @throws what the engine throws, but for "it cannot do that" */
export async function askItem(
  item: Item,
  sound: Sound,
  wordsReplies: boolean,
  engine: Engine,
  signal: AbortSignal,
): Promise<Answer> {
  const utteranceId = randomUUID();
  await engine.openUtterance({ utteranceId, sampleRate: sound.sampleRate }, signal);
  try {
    const { durationSeconds } = await listen(utteranceId, sound, engine, signal);
    const question = questionFor(item, utteranceId, wordsReplies);
    const started = performance.now();
    const answer = await reply({ ...question, sampling: { seed: SEED } }, engine, signal);
    return { ...answer, seconds: durationSeconds, milliseconds: performance.now() - started };
  } finally {
    // An engine that has crashed has lost it already.
    await engine.releaseUtterance({ utteranceId }, new AbortController().signal).catch(() => undefined);
  }
}

async function listen(
  utteranceId: string,
  { samples, sampleRate }: Sound,
  engine: Engine,
  signal: AbortSignal,
): Promise<UtteranceSummary> {
  const piece = Math.round(PIECE_SECONDS * sampleRate);
  for (let at = 0; at < samples.length; at += piece)
    await engine.pushAudio({ utteranceId, samples: samples.slice(at, at + piece) }, signal);
  return engine.closeUtterance({ utteranceId }, signal);
}

type Said = Omit<Answer, 'seconds' | 'milliseconds'>;

async function reply(request: ReplyRequest, engine: Engine, signal: AbortSignal): Promise<Said> {
  let transcript = '';
  let text = '';
  const calls: ToolCall[] = [];
  const tags: Record<string, string> = {};
  try {
    for await (const event of engine.reply(request, signal)) {
      if (event.type === 'heard') transcript = event.transcript;
      else if (event.type === 'text-delta') text += event.text;
      else if (event.type === 'tags') for (const { name, value } of event.tags) tags[name] = value;
      else if (event.type === 'tool-call') calls.push({ name: event.name, arguments: event.arguments });
      else if (event.type === 'intent') {
        const call = callOfIntent(event.name, event.slots, transcript);
        if (call) calls.push(call);
      }
    }
  } catch (error) {
    if (signal.aborted || !isBeyondModel(error)) throw error;
    return { transcript: '', text: '', calls: [], tags: {}, isImpossible: true };
  }
  return { transcript, text: text.trim(), calls, tags, isImpossible: false };
}

function isBeyondModel(error: unknown): boolean {
  if (!(error instanceof UserError)) return false;
  return (
    error.code === 'mode-unavailable' || (error.code === 'bad-request' && error.details['field'] === 'task')
  );
}
