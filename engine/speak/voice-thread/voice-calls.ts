import { connectCalls } from '../../../contract/calls/call-client.ts';
import type { CallKinds } from '../../../contract/calls/call-messages.ts';
import { serveCalls } from '../../../contract/calls/call-server.ts';
import { ItemQueue } from '../../../contract/calls/item-queue.ts';
import type { Channel } from '../../../contract/channel.ts';
import { UserError } from '../../../contract/user-errors.ts';
import { OwnVoice, type OwnVoiceOptions } from '../token2wav/own-voice.ts';
import type { SpeechSettings } from '../token2wav/speech-maker.ts';

const kinds = {
  open: 'request',
  takeIn: 'request',
  speak: 'stream',
  giveCode: 'request',
  release: 'request',
} as const satisfies CallKinds;

/** What crosses to the voice's thread. Codes of an utterance follow the call that speaks it. */
export interface VoiceCalls {
  open(options: OwnVoiceOptions, signal: AbortSignal): Promise<void>;
  takeIn(input: { recording: Uint8Array; seed: number }, signal: AbortSignal): Promise<void>;
  speak(
    input: { utterance: number; recording: Uint8Array; settings: SpeechSettings },
    signal: AbortSignal,
  ): AsyncIterable<Float32Array>;
  /** Without a code, the utterance has no more of them. */
  giveCode(input: { utterance: number; code?: number }, signal: AbortSignal): Promise<void>;
  release(input: object, signal: AbortSignal): Promise<void>;
}

export function connectVoice(channel: Channel): VoiceCalls {
  return connectCalls<VoiceCalls>(channel, kinds, { closedError: () => new UserError('engine-crashed') });
}

/** Speaks for the thread that started this one. `onReleased` is told when nothing is left to do. */
export function serveVoice(channel: Channel, onReleased: () => void): void {
  let voice: OwnVoice | undefined;
  const utterances = new Map<number, ItemQueue<number>>();
  const opened = () => {
    if (!voice) throw new UserError('bad-request', { problem: 'no voice is open' });
    return voice;
  };
  const service: VoiceCalls = {
    open: async (options) => {
      voice = await OwnVoice.open(options);
    },
    takeIn: ({ recording, seed }, signal) => opened().takeIn(recording, seed, signal),
    speak: async function* ({ utterance, recording, settings }, signal) {
      const codes = new ItemQueue<number>();
      const stop = () => codes.fail(signal.reason);
      utterances.set(utterance, codes);
      signal.addEventListener('abort', stop, { once: true });
      try {
        yield* opened().speak(recording, codes, settings, signal);
      } finally {
        utterances.delete(utterance);
        signal.removeEventListener('abort', stop);
      }
    },
    giveCode: async ({ utterance, code }) => {
      const codes = utterances.get(utterance);
      if (code === undefined) codes?.end();
      else codes?.push(code);
    },
    release: async () => {
      await voice?.release();
      voice = undefined;
      setImmediate(onReleased);
    },
  };
  serveCalls(channel, kinds, service, {
    onInternalError: (name, error) =>
      console.error(`voice ${name}: ${error instanceof Error ? error.stack : String(error)}`),
  });
}
