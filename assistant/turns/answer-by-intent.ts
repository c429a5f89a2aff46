import { setTimeout as sleep } from 'node:timers/promises';
import type { ReplyEvent } from '../../contract/engine-contract.ts';
import type { TurnOutcome } from './live-turn.ts';
import type { TurnEnd } from './turn-coordinator.ts';
import { intentToCall } from '../intents/intent-to-call.ts';
import type { Outcome } from '../phrasebook/outcome.ts';
import { pick } from '../phrasebook/pick.ts';
import { wordReply } from '../phrasebook/word-reply.ts';
import { plainCommand } from '../intents/plain-command.ts';
import { NOTHING_HEARD } from './nothing-heard.ts';
import { followUp } from './follow-up.ts';
import { humanMessage } from './prompt-messages.ts';
import type { ToolCall } from './tool-runner.ts';
import type { TurnWork } from './turn-work.ts';

/** A silence that makes people wonder whether they were heard. */
const SILENCE_MS = 1200;
const MEANWHILE = ['One moment, I am looking.', 'Let me see.', 'I am looking into it.'];
const LATER = [
  'That takes a while. I will tell you when I have it.',
  'I am still at it, and I will tell you when it is done.',
];

type Heard = Extract<ReplyEvent, { type: 'heard' }>;
/** What the model made of it: an intent and its slots, or a tool and its arguments, in words as heard. */
export interface Frame {
  readonly name: string;
  readonly slots: Readonly<Record<string, unknown>>;
}

/** A turn with a model that names an intent; the words of the reply are the phrasebook's. */
export async function answerByIntent(work: TurnWork, signal: AbortSignal): Promise<TurnOutcome | TurnEnd> {
  const command =
    'text' in work.input ? (plainCommand(work.input.text) ?? work.registry.said(work.input.text)) : undefined;
  if (command) {
    await run(work, command, signal);
    return 'completed';
  }
  const { heard, frame } = await understand(work, signal);
  const spoken = heard && (plainCommand(heard.transcript) ?? phraseIn(work, heard, frame));
  if (spoken) {
    await run(work, spoken, signal);
    return 'completed';
  }
  const isSpoken = 'utteranceId' in work.input;
  if (isSpoken && !heard?.transcript && !heard?.rejected) {
    await sayText(work, NOTHING_HEARD, signal);
    return { outcome: 'nothing-heard', failure: { code: 'nothing-heard', details: {} } };
  }
  if (!frame || heard?.rejected) {
    const reason = refusalReason(frame, isSpoken);
    await say(work, { kind: 'rejected', reason }, signal);
    return reason === 'unclear' ? 'nothing-heard' : 'completed';
  }
  await act(work, frame, signal);
  return 'completed';
}

/** The tool whose phrase was said, whatever the model makes of it, unless the words themselves are in doubt. */
function phraseIn(work: TurnWork, heard: Heard, frame: Frame | undefined): ToolCall | undefined {
  return isUnclear(heard, frame) ? undefined : work.registry.said(heard.transcript);
}

/** What is merely outside of the model's domain was heard well. */
function isUnclear(heard: Heard, frame: Frame | undefined): boolean {
  return heard.rejected && frame?.slots.reason !== 'out-of-domain';
}

/** The model says why it refuses; typed words at least were clear. */
function refusalReason(frame: Frame | undefined, isSpoken: boolean): 'unclear' | 'out-of-domain' {
  return isSpoken && frame?.slots.reason !== 'out-of-domain' ? 'unclear' : 'out-of-domain';
}

async function understand(
  work: TurnWork,
  signal: AbortSignal,
): Promise<{ heard: Heard | undefined; frame: Frame | undefined }> {
  const { engine, turn, input, settings } = work;
  let heard: Heard | undefined;
  let frame: Frame | undefined;
  const request = {
    task: 'converse',
    messages: [{ role: 'system', content: [{ text: 'converse' }] }, humanMessage(input)],
    tools: [],
    voiceId: settings().voiceId,
    ...(settings().hearTags ? {} : { withoutTags: true }),
  } as const;
  for await (const event of engine.reply(request, signal)) {
    signal.throwIfAborted();
    if (event.type === 'heard') {
      heard = event;
      // A phrase of a tool is understood though the model refuses it; that it was heard well comes with the intent.
      if ('utteranceId' in input && !(event.rejected && work.registry.said(event.transcript)))
        turn.heard(event.transcript, event.rejected, event.confidence);
    } else if (event.type === 'tags') {
      work.hearTags(event.tags);
    } else if (event.type === 'thinking-delta') {
      turn.thinkingDelta(event.text);
    } else if (event.type === 'intent') {
      frame ??= { name: event.name, slots: event.slots };
    } else if (event.type === 'tool-call') {
      frame ??= { name: event.intent ?? event.name, slots: event.arguments };
    }
  }
  signal.throwIfAborted();
  if (heard?.rejected && 'utteranceId' in input && work.registry.said(heard.transcript))
    turn.heard(heard.transcript, isUnclear(heard, frame), heard.confidence);
  return { heard, frame };
}

async function act(work: TurnWork, frame: Frame, signal: AbortSignal): Promise<void> {
  const follow = followUp(frame, work.pendingCall, work.unsaid);
  if (follow.type === 'silence') {
    const stopped = work.toolContext.services.stopTools?.() ?? 0;
    if (stopped > 0) await sayText(work, 'I stopped it.', signal);
    return;
  }
  if (follow.type === 'wait') {
    work.memory.unsaid = work.unsaid;
    return;
  }
  if (follow.type === 'go-on') return sayText(work, work.unsaid.trim(), signal);
  if (follow.type === 'say') return say(work, follow.outcome, signal);
  if (follow.type === 'run-pending') {
    work.agree();
    return run(work, follow.call, signal);
  }
  const action = intentToCall(frame.name, frame.slots, work.turn.transcript, work.toolContext);
  if (action.type === 'ask') return sayText(work, action.question, signal);
  if (action.type === 'call') {
    return run(work, { tool: action.tool, arguments: action.arguments, intent: frame.name }, signal);
  }
  return say(
    work,
    action.intent === 'unknown'
      ? { kind: 'rejected', reason: 'out-of-domain' }
      : { kind: 'conversation', intent: action.intent },
    signal,
  );
}

async function run(work: TurnWork, call: ToolCall, signal: AbortSignal): Promise<void> {
  work.setPhase('working');
  const running = work.tools.run(call, signal);
  if (work.tools.mayTakeLong(call)) await talkMeanwhile(work, running, signal);
  const outcome = await running;
  if (outcome.ok === 'later') return sayText(work, pick(LATER, work.wording()), signal);
  await say(
    work,
    outcome.ok
      ? { kind: 'tool-result', ...call, result: outcome.result }
      : { kind: 'tool-failure', tool: call.tool, failure: outcome.failure },
    signal,
  );
}

/** A tool that does not answer at once is not waited for in silence. */
async function talkMeanwhile(work: TurnWork, running: Promise<unknown>, signal: AbortSignal): Promise<void> {
  const hasEnded = running.then(
    () => true,
    () => true,
  );
  const timer = new AbortController();
  const silence = sleep(SILENCE_MS, false, { signal: timer.signal }).catch(() => false);
  const isDone = await Promise.race([hasEnded, silence]);
  timer.abort();
  if (isDone || signal.aborted) return;
  await work.speech.say(pick(MEANWHILE, work.wording()), signal);
  work.setPhase('working');
}

async function say(work: TurnWork, outcome: Outcome, signal: AbortSignal): Promise<void> {
  await sayText(work, wordReply(outcome, work.wording()), signal);
}

async function sayText(work: TurnWork, text: string, signal: AbortSignal): Promise<void> {
  await work.speech.say(text, signal);
  await work.speech.finish(signal);
}
