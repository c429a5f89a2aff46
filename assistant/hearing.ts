import type { Engine, ReplyRequest } from '../contract/engine-contract.ts';
import type { Tag } from '../contract/tags.ts';
import type { HeardUtterance } from './assistant-options.ts';
import { OpenUtterance } from './turns/open-utterance.ts';
import { humanMessage } from './turns/prompt-messages.ts';

export interface UtteranceToHear {
  /** Mono, [-1, 1]. */
  readonly samples: Float32Array;
  readonly sampleRate: number;
  readonly task: 'transcribe' | 'tags';
}

/** Listens to a finished recording. The model must be loaded; nothing is stored and nothing answered. */
export async function hear(
  engine: Engine,
  { samples, sampleRate, task }: UtteranceToHear,
  signal: AbortSignal,
): Promise<HeardUtterance> {
  const utterance = new OpenUtterance(engine, sampleRate, () => {});
  try {
    await utterance.opened();
    for (let start = 0; start < samples.length; start += sampleRate) {
      signal.throwIfAborted();
      await utterance.push(samples.subarray(start, start + sampleRate));
    }
    const { verdict, speechSeconds } = await utterance.close(false, signal);
    const silence = {
      verdict,
      speechSeconds,
      transcript: '',
      rejected: false,
      confidence: 0,
      tags: [],
      timings: {},
    };
    if (verdict !== 'speech') return silence;
    const request = { task, messages: [humanMessage({ utteranceId: utterance.id })], tools: [], voiceId: '' };
    return { ...silence, ...(await understood(engine, request, signal)) };
  } finally {
    await utterance.release();
  }
}

async function understood(
  engine: Engine,
  request: ReplyRequest,
  signal: AbortSignal,
): Promise<Partial<HeardUtterance>> {
  let heard: Partial<HeardUtterance> = {};
  let tags: readonly Tag[] = [];
  let timings: Readonly<Record<string, number>> = {};
  for await (const event of engine.reply(request, signal)) {
    signal.throwIfAborted();
    if (event.type === 'heard') {
      const { transcript, rejected, confidence } = event;
      heard = { transcript, rejected, confidence };
    }
    if (event.type === 'tags') tags = event.tags;
    if (event.type === 'end') timings = event.timings;
  }
  return { ...heard, tags, timings };
}
