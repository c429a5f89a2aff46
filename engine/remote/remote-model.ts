import { ItemQueue } from '../../contract/calls/item-queue.ts';
import type { ReplyEvent, ReplyRequest, SpeakRequest, SpokenAudio } from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';
import { measureSpeech } from '../listen/speech-measures.ts';
import { speechTags } from '../listen/speech-tags.ts';
import type { LoadedModel } from '../loaded-model.ts';
import type { Speech } from '../recognise/hearing.ts';
import { SPEECH_TOKENS_PER_SECOND } from '../speak/token2wav/speech-maker.ts';
import type { ChatClient } from './chat-client.ts';
import type { SpeechOf } from './chat-messages.ts';
import { RemoteReply } from './remote-reply.ts';
import { SpokenReplies } from './spoken-replies.ts';
import type { TokenVoice } from './token-voice.ts';
import { WordsWithSound } from './words-with-sound.ts';

export interface RemoteModelParts {
  readonly client: ChatClient;
  /** The model thinks first. */
  readonly thinks: boolean;
  /** Makes speech tokens audible; without it replies are words. */
  readonly voice: TokenVoice | undefined;
  /** Says words where a spoken reply brings no speech tokens. */
  readonly sayWords: (request: SpeakRequest, signal: AbortSignal) => AsyncIterable<SpokenAudio>;
}

type Emit = (event: ReplyEvent) => void;

/**
 * A model on another machine: it is sent the conversation with the sound of what was just said, and its reply comes
 * back as words and speech tokens, which become sound here while more of them arrive.
 */
export class RemoteModel implements LoadedModel {
  readonly #parts: RemoteModelParts;
  readonly #spoken = new SpokenReplies();
  readonly #transcripts = new WeakMap<Speech, Promise<string>>();

  constructor(parts: RemoteModelParts) {
    this.#parts = parts;
  }

  async *reply(request: ReplyRequest, speechOf: SpeechOf, signal: AbortSignal): AsyncGenerator<ReplyEvent> {
    const started = performance.now();
    const speech = lastSpeech(request, speechOf);
    if (request.task !== 'transcribe' && request.task !== 'tags') {
      yield* this.#together((emit, both) => {
        if (speech && request.task === 'converse') this.#hearBeside(speech, emit, signal);
        return this.#answer(request, speechOf, emit, both);
      }, signal);
      return;
    }
    if (speech && request.task === 'tags') yield tagsOf(speech);
    if (speech && request.task === 'transcribe') {
      yield heard(await orAborted(this.#transcript(speech, signal), signal));
    }
    yield { type: 'end', stopReason: 'end-token', timings: { total: performance.now() - started } };
  }

  async release(): Promise<void> {
    await this.#parts.client.close();
    await this.#parts.voice?.release();
  }

  /** Everything that happens at once goes into one stream; whoever leaves it ends all of it. */
  async *#together(
    work: (emit: Emit, signal: AbortSignal) => Promise<void>,
    signal: AbortSignal,
  ): AsyncGenerator<ReplyEvent> {
    const events = new ItemQueue<ReplyEvent>();
    const leaving = new AbortController();
    let failure: { readonly reason: unknown } | undefined;
    const done = work((event) => events.push(event), AbortSignal.any([signal, leaving.signal]))
      .catch((reason: unknown) => {
        failure = { reason };
      })
      .finally(() => events.end());
    try {
      for await (const event of events) {
        signal.throwIfAborted();
        yield event;
      }
    } finally {
      leaving.abort(new DOMException('Nobody listens any more.', 'AbortError'));
      await done;
    }
    if (failure) throw failure.reason;
  }

  /** What was heard is nice to know while the reply is made; whoever needs it after that asks for it. */
  #hearBeside(speech: Speech, emit: Emit, signal: AbortSignal): void {
    emit(tagsOf(speech));
    this.#transcript(speech, signal).then(
      (transcript) => emit(heard(transcript)),
      () => {},
    );
  }

  async #answer(request: ReplyRequest, speechOf: SpeechOf, emit: Emit, signal: AbortSignal): Promise<void> {
    const { client, thinks } = this.#parts;
    const started = performance.now();
    const isSpoken = request.spoken === true;
    const options = { thinks, isSpoken: isSpoken && this.#parts.voice !== undefined };
    const reply = new RemoteReply(client, request, options, speechOf, this.#spoken);
    const words = new WordsWithSound();
    const codes = new ItemQueue<number>();
    const sounding = this.#sound(codes, request, words, emit, signal);
    // A voice that fails is told by waiting for it.
    sounding.catch(() => {});
    const spokenCodes: number[] = [];
    let text = '';
    let firstPiece: number | undefined;
    try {
      for await (const event of reply.events(signal)) {
        firstPiece ??= performance.now() - started;
        if (event.type === 'text') {
          text += event.text;
          if (isSpoken) words.add(event.text);
          else emit({ type: 'text-delta', text: event.text });
        } else if (event.type === 'thinking') {
          emit({ type: 'thinking-delta', text: event.text });
        } else if (event.type === 'tool-call') {
          emit({ type: 'tool-call', ...event.call });
        } else {
          spokenCodes.push(event.code);
          words.countCode();
          codes.push(event.code);
        }
      }
    } finally {
      codes.end();
    }
    await sounding;
    if (isSpoken && spokenCodes.length === 0)
      await this.#sayWithLightVoice(words.rest(), request, emit, signal);
    const unsaid = words.rest();
    if (unsaid !== '') emit({ type: 'text-delta', text: unsaid });
    this.#spoken.remember(text, spokenCodes);
    const timings = { firstPiece: firstPiece ?? 0, total: performance.now() - started };
    emit({ type: 'end', stopReason: reply.isCutShort ? 'length' : 'end-token', timings });
  }

  async #sound(
    codes: ItemQueue<number>,
    request: ReplyRequest,
    words: WordsWithSound,
    emit: Emit,
    signal: AbortSignal,
  ): Promise<void> {
    const { voice } = this.#parts;
    if (!voice || request.spoken !== true) return;
    const samplesPerToken = voice.sampleRate / SPEECH_TOKENS_PER_SECOND / (request.speakingRate ?? 1);
    let sounded = 0;
    for await (const samples of voice.stream(codes, request, signal)) {
      signal.throwIfAborted();
      sounded += samples.length;
      const text = words.upTo(sounded / samplesPerToken);
      emit({ type: 'audio-delta', samples, sampleRate: voice.sampleRate, ...(text === '' ? {} : { text }) });
    }
  }

  /** No voice of its own is installed, or the server gives no speech tokens: the words are said all the same. */
  async #sayWithLightVoice(
    text: string,
    request: ReplyRequest,
    emit: Emit,
    signal: AbortSignal,
  ): Promise<void> {
    if (text.trim() === '') return;
    const { voiceId, speakingRate = 1 } = request;
    const wish = { text, voiceId, speakingRate, pitchSemitones: 0, volume: 1 };
    let shown = 0;
    for await (const piece of this.#parts.sayWords(wish, signal)) {
      shown += piece.text.length;
      emit({ type: 'audio-delta', samples: piece.samples, sampleRate: piece.sampleRate, text: piece.text });
    }
    if (shown < text.length) emit({ type: 'text-delta', text: text.slice(shown) });
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

  async #askTranscript(speech: Speech, signal: AbortSignal): Promise<string> {
    const question: ReplyRequest = {
      task: 'transcribe',
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

/** The sound of the message that is to be answered. */
function lastSpeech(request: ReplyRequest, speechOf: SpeechOf): Speech | undefined {
  const last = request.messages.at(-1);
  if (!last) throw new UserError('bad-request', { field: 'messages' });
  const sound = last.content.findLast((item) => 'utteranceId' in item);
  return sound && 'utteranceId' in sound ? speechOf(sound.utteranceId) : undefined;
}

/** The models do not say how sure they are of what they heard. */
function heard(transcript: string): ReplyEvent {
  return { type: 'heard', transcript, rejected: false, confidence: 1 };
}

function tagsOf(speech: Speech): ReplyEvent {
  return { type: 'tags', tags: speechTags(measureSpeech(speech.samples, speech.spans)) };
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
