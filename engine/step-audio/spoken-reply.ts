import { ItemQueue } from '../../contract/calls/item-queue.ts';
import type { ReplyEvent } from '../../contract/engine-contract.ts';
import type { TokenEvent } from '../reason/token-stream.ts';
import { PlaybackBuffer, type Production } from '../speak/playback-buffer.ts';
import {
  SPOKEN_SAMPLE_RATE,
  type SpeechMaker,
  type SpeechSettings,
} from '../speak/token2wav/speech-maker.ts';
import { SpokenScript } from './spoken-script.ts';

/** What makes the speech tokens of a reply audible. */
export interface ReplyVoice {
  readonly maker: SpeechMaker;
  /** Bytes of a WAV file. */
  readonly recording: Uint8Array;
  readonly settings: SpeechSettings;
  readonly production: Production;
  /** How long the speech may become. */
  readonly longestSeconds: number;
}

interface SoundPiece {
  readonly samples: Float32Array;
  readonly seconds: number;
  readonly text: string;
}

/**
 * A spoken reply while it is written: sound is made of the first tokens while the model writes the next, and each
 * piece of sound brings the words that it says.
 *
 * @param write the model's reply, until the signal that it is given is aborted
 */
export async function* replyAloud(
  write: (signal: AbortSignal) => AsyncIterable<TokenEvent>,
  voice: ReplyVoice,
  signal: AbortSignal,
): AsyncGenerator<ReplyEvent> {
  const leaving = new AbortController();
  const both = AbortSignal.any([signal, leaving.signal]);
  const output = new ItemQueue<ReplyEvent>();
  const codes = new ItemQueue<number>();
  const script = new SpokenScript();
  const { speakingRate } = voice.settings;
  const buffer = new PlaybackBuffer<SoundPiece>(voice.production, voice.longestSeconds / speakingRate);
  const play = (pieces: readonly SoundPiece[]) => {
    for (const { samples, text } of pieces) {
      const words = text === '' ? {} : { text };
      output.push({ type: 'audio-delta', samples, sampleRate: SPOKEN_SAMPLE_RATE, ...words });
    }
  };
  const reading = async () => {
    for await (const event of write(both)) {
      if (event.type === 'speech') {
        script.addCode();
        codes.push(event.code);
      } else if (event.type === 'text') {
        script.addText(event.text);
      } else {
        output.push(plainEvent(event));
      }
    }
    codes.end();
    play(buffer.willBe(script.seconds / speakingRate));
  };
  const speaking = async () => {
    let made = 0;
    for await (const samples of voice.maker.speak(voice.recording, codes, voice.settings, both)) {
      const seconds = samples.length / SPOKEN_SAMPLE_RATE;
      made += seconds;
      play(buffer.push({ samples, seconds, text: script.take(made * speakingRate) }));
    }
    play(buffer.finish());
  };
  let failure: { readonly error: unknown } | undefined;
  const failing = (error: unknown) => {
    failure ??= { error };
    leaving.abort(error);
    codes.fail(error);
  };
  const work = Promise.all([reading().catch(failing), speaking().catch(failing)]).then(() => {
    if (failure) return output.fail(failure.error);
    const rest = script.take(Infinity);
    if (rest !== '') output.push({ type: 'text-delta', text: rest });
    output.end();
  });
  try {
    yield* output;
  } finally {
    leaving.abort(new DOMException('Nobody listens to the reply any more.', 'AbortError'));
    codes.fail(leaving.signal.reason);
    await work;
  }
}

/** A written reply: text as it comes; speech that a model writes unasked is not heard. */
export async function* replyInWriting(events: AsyncIterable<TokenEvent>): AsyncGenerator<ReplyEvent> {
  for await (const event of events) {
    if (event.type === 'text') yield { type: 'text-delta', text: event.text };
    else if (event.type !== 'speech') yield plainEvent(event);
  }
}

function plainEvent(event: Extract<TokenEvent, { type: 'thinking' | 'tool-call' }>): ReplyEvent {
  return event.type === 'thinking'
    ? { type: 'thinking-delta', text: event.text }
    : { type: 'tool-call', name: event.call.name, arguments: event.call.arguments };
}
