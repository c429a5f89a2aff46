import type {
  ReplyEvent,
  ReplyRequest,
  SpeakRequest,
  SpeechSpeeds,
  SpokenAudio,
} from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';
import { measuredTags } from '../listen/speech-tags.ts';
import type { LoadedModel } from '../loaded-model.ts';
import type { TokenEvent } from '../reason/token-stream.ts';
import type { Speech } from '../recognise/hearing.ts';
import { PIECE_SECONDS } from '../speak/token2wav/speech-maker.ts';
import { replyAloud, replyInWriting, type ReplyVoice } from '../step-audio/spoken-reply.ts';
import { answeredTags, joinTags } from '../step-audio/tag-question.ts';
import type { ChatClient } from './chat-client.ts';
import type { SpeechOf } from './chat-messages.ts';
import { besides } from './besides.ts';
import type { RemoteVoice } from './package-voice.ts';
import { RemoteReply } from './remote-reply.ts';
import { SpokenReplies } from './spoken-replies.ts';

export interface RemoteModelParts {
  readonly client: ChatClient;
  /** The model thinks first. */
  readonly thinks: boolean;
  /** Makes speech tokens audible; without it replies are words. */
  readonly voice: RemoteVoice | undefined;
  /** Says words where a spoken reply brings no speech tokens. */
  readonly sayWords: (request: SpeakRequest, signal: AbortSignal) => AsyncIterable<SpokenAudio>;
}

const longestSpeechSeconds = 120;
/** Servers do not tell how sure the model is of its words: enough to show them, too little to act on them. */
const untoldConfidence = 0.6;

/**
 * A model on another machine: it is sent the conversation with the sound of what was just said, and its reply comes
 * back as words and speech tokens, which become sound here while more of them arrive.
 */
export class RemoteModel implements LoadedModel {
  readonly speeds: SpeechSpeeds | undefined;
  readonly #parts: RemoteModelParts;
  readonly #spoken = new SpokenReplies();
  readonly #transcripts = new WeakMap<Speech, Promise<string>>();

  constructor(parts: RemoteModelParts) {
    this.#parts = parts;
    this.speeds = parts.voice?.speeds;
  }

  async *reply(request: ReplyRequest, speechOf: SpeechOf, signal: AbortSignal): AsyncGenerator<ReplyEvent> {
    const started = performance.now();
    const speech = lastSpeech(request, speechOf);
    if (request.task === 'tags') {
      if (speech) yield await this.#askTags(speech, signal);
    } else if (request.task === 'transcribe') {
      if (speech) yield heard(await orAborted(this.#transcript(speech, signal), signal));
    } else {
      yield* this.#answer(request, speechOf, speech, signal);
      return;
    }
    yield { type: 'end', stopReason: 'end-token', timings: { total: performance.now() - started } };
  }

  async release(): Promise<void> {
    await this.#parts.client.close();
    await this.#parts.voice?.maker.release();
  }

  async *#answer(
    request: ReplyRequest,
    speechOf: SpeechOf,
    speech: Speech | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<ReplyEvent> {
    const started = performance.now();
    if (!speech || request.task !== 'converse') {
      yield* this.#reply(request, speechOf, started, signal);
      return;
    }
    if (!request.withoutTags) yield tagsOf(speech);
    // What was heard is nice to know while the reply is made; whoever needs it after that asks for it.
    const hearing = this.#transcript(speech, signal).then(heard, () => undefined);
    yield* besides((inner) => this.#reply(request, speechOf, started, inner), hearing, signal);
  }

  async *#reply(
    request: ReplyRequest,
    speechOf: SpeechOf,
    started: number,
    signal: AbortSignal,
  ): AsyncGenerator<ReplyEvent> {
    const { client, thinks, voice } = this.#parts;
    const isSpoken = request.spoken === true && voice !== undefined;
    const reply = new RemoteReply(client, request, { thinks, isSpoken }, speechOf, this.#spoken);
    const brought = { text: '', codes: [] as number[], firstPieceMs: 0 };
    const events = (inner: AbortSignal) => noted(reply.events(inner), brought, started);
    if (isSpoken) {
      const aloud = replyAloud(events, await this.#replyVoice(voice, request, signal), signal);
      // Words without any sound are said below.
      for await (const event of aloud) {
        if (event.type !== 'text-delta' || brought.codes.length > 0) yield event;
      }
    } else if (request.spoken === true) {
      // The light voice says the words once all of them are there.
      for await (const event of replyInWriting(events(signal))) if (event.type !== 'text-delta') yield event;
    } else {
      yield* replyInWriting(events(signal));
    }
    if (request.spoken === true && brought.codes.length === 0)
      yield* this.#sayWords(brought.text, request, signal);
    this.#spoken.remember(brought.text, brought.codes);
    const timings = { firstPiece: brought.firstPieceMs, total: performance.now() - started };
    yield { type: 'end', stopReason: reply.isCutShort ? 'length' : 'end-token', timings };
  }

  async #replyVoice(
    { maker, recordings, speeds }: RemoteVoice,
    request: ReplyRequest,
    signal: AbortSignal,
  ): Promise<ReplyVoice> {
    const { speakingRate = 1 } = request;
    return {
      maker,
      recording: await recordings.of(request, signal),
      settings: { speakingRate, seed: 0 },
      production: {
        speechPerSecond: speeds.speechPerSecond / speakingRate,
        pieceSeconds: PIECE_SECONDS.map((seconds) => seconds / speakingRate),
      },
      longestSeconds: request.longestSpeechSeconds ?? longestSpeechSeconds,
    };
  }

  /** No voice of its own is installed, or the server gives no speech tokens: the words are said all the same. */
  async *#sayWords(text: string, request: ReplyRequest, signal: AbortSignal): AsyncGenerator<ReplyEvent> {
    if (text.trim() === '') return;
    const { voiceId, speakingRate = 1 } = request;
    const wish = { text, voiceId, speakingRate, pitchSemitones: 0, volume: 1 };
    for await (const { samples, sampleRate, text: words } of this.#parts.sayWords(wish, signal)) {
      yield { type: 'audio-delta', samples, sampleRate, ...(words === '' ? {} : { text: words }) };
    }
  }

  /** Asked once for the same speech, unless that failed. */
  #transcript(speech: Speech, signal: AbortSignal): Promise<string> {
    const known = this.#transcripts.get(speech);
    if (known) return known;
    const asked = this.#askTranscript(speech, signal);
    this.#transcripts.set(speech, asked);
    asked.catch(() => this.#transcripts.delete(speech));
    return asked;
  }

  #askTranscript(speech: Speech, signal: AbortSignal): Promise<string> {
    return this.#askAbout(speech, 'transcribe', signal);
  }

  /** What the model hears beside the words, before what is measured here. */
  async #askTags(speech: Speech, signal: AbortSignal): Promise<ReplyEvent> {
    const measured = measuredTags(speech.samples, speech.spans);
    if (measured.length === 0) return { type: 'tags', tags: measured };
    let answer = '';
    try {
      answer = await this.#askAbout(speech, 'tags', signal);
    } catch (error) {
      // The reply stands without it; what is measured needs no server.
      if (signal.aborted || !(error instanceof UserError)) throw error;
    }
    return { type: 'tags', tags: joinTags(answeredTags(answer, untoldConfidence), measured) };
  }

  async #askAbout(speech: Speech, task: 'transcribe' | 'tags', signal: AbortSignal): Promise<string> {
    const question: ReplyRequest = {
      task,
      messages: [{ role: 'human', content: [{ utteranceId: '' }] }],
      tools: [],
      voiceId: '',
    };
    const options = { thinks: false, isSpoken: false };
    const reply = new RemoteReply(this.#parts.client, question, options, () => speech, this.#spoken);
    let text = '';
    for await (const event of reply.events(signal)) if (event.type === 'text') text += event.text;
    return text.trim();
  }
}

interface Brought {
  text: string;
  readonly codes: number[];
  firstPieceMs: number;
}

/** Passes a reply on and notes what it brings. */
async function* noted(
  events: AsyncIterable<TokenEvent>,
  brought: Brought,
  started: number,
): AsyncGenerator<TokenEvent> {
  for await (const event of events) {
    brought.firstPieceMs ||= performance.now() - started;
    if (event.type === 'text') brought.text += event.text;
    if (event.type === 'speech') brought.codes.push(event.code);
    yield event;
  }
}

/** The sound of the message that is to be answered. */
function lastSpeech(request: ReplyRequest, speechOf: SpeechOf): Speech | undefined {
  const last = request.messages.at(-1);
  if (!last) throw new UserError('bad-request', { field: 'messages' });
  const sound = last.content.findLast((item) => 'utteranceId' in item);
  return sound && 'utteranceId' in sound ? speechOf(sound.utteranceId) : undefined;
}

/** The models do not say how sure they are of what they heard. */
function heard(transcript: string): ReplyEvent {
  return { type: 'heard', transcript, rejected: transcript === '', confidence: transcript === '' ? 0 : 1 };
}

function tagsOf(speech: Speech): ReplyEvent {
  return { type: 'tags', tags: measuredTags(speech.samples, speech.spans) };
}

/** Work that others share goes on; who no longer wants it need not wait. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
