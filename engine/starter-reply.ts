import type { ReplyEvent, ReplyRequest } from '../contract/engine-contract.ts';
import type { Tag } from '../contract/tags.ts';
import { UserError } from '../contract/user-errors.ts';
import { countSyllables, measuredTags } from './listen/speech-tags.ts';
import type { LoadedModel } from './loaded-model.ts';
import { hearSpeech } from './recognise/hear-speech.ts';
import type { Hearing, Speech } from './recognise/hearing.ts';
import { releaseStarterParts, type StarterParts } from './recognise/starter-parts.ts';
import { StopWatch } from './recognise/stop-watch.ts';
import { emotionUnsure, tagsOf } from './recognise/tag-reading.ts';
import { understandText } from './recognise/understand-text.ts';
import { understandWords } from './recognise/understand-words.ts';
import type { Understanding } from './recognise/understanding.ts';

interface Heard {
  readonly hearing: Hearing;
  readonly understanding: Understanding;
}

/** Tasks of a model that hears and names intents. */
const FEASIBLE: ReadonlySet<ReplyRequest['task']> = new Set(['converse', 'transcribe', 'tags']);

/**
 * The starter model's replies: what was heard, how it was said, and an intent. It words nothing itself.
 *
 * The decoder has one memory, so replies are made one after the other.
 */
export class StarterReply implements LoadedModel {
  readonly #parts: StarterParts;
  readonly #heard = new WeakMap<Speech, Heard>();
  /** Settles when the reply before has let go of the decoder. */
  #free: Promise<unknown> = Promise.resolve();

  constructor(parts: StarterParts) {
    this.#parts = parts;
  }

  async *reply(
    request: ReplyRequest,
    speechOf: (utteranceId: string) => Speech,
    signal: AbortSignal,
  ): AsyncGenerator<ReplyEvent> {
    const started = performance.now();
    const input = request.messages.findLast(({ role }) => role === 'human')?.content.at(-1);
    if (!input) throw new UserError('bad-request', { field: 'messages' });
    if (!('utteranceId' in input)) {
      if (!('text' in input)) throw new UserError('bad-request', { field: 'messages' });
      yield* this.#replyToText(input.text, signal);
      return;
    }
    if (!FEASIBLE.has(request.task)) {
      throw new UserError('bad-request', { field: 'task', problem: 'this model cannot do it' });
    }
    const speech = speechOf(input.utteranceId);
    const { hearing, understanding } = await this.#hear(speech, signal);
    const { refusal, confidence, frame } = understanding;
    if (request.task !== 'tags') {
      const rejected = hearing.isSpeech && refusal !== undefined;
      yield { type: 'heard', transcript: hearing.transcript, rejected, confidence };
    }
    const watch = new StopWatch();
    if (request.task !== 'transcribe' && !request.withoutTags)
      yield { type: 'tags', tags: this.#tags(speech, hearing) };
    watch.mark('tags');
    if (request.task === 'converse' && hearing.isSpeech) {
      yield { type: 'intent', name: frame.intent, slots: refusal ? { reason: refusal } : frame.slots };
    }
    const timings = {
      ...hearing.timings,
      ...understanding.timings,
      ...watch.laps,
      total: performance.now() - started,
    };
    yield { type: 'end', stopReason: 'end-token', timings };
  }

  async release(): Promise<void> {
    await this.#free;
    await releaseStarterParts(this.#parts);
  }

  async *#replyToText(text: string, signal: AbortSignal): AsyncGenerator<ReplyEvent> {
    const started = performance.now();
    const understood = this.#alone(() => understandText(text, this.#parts, signal), signal);
    const { transcript, frame, refusal, confidence } = await understood;
    yield { type: 'heard', transcript, rejected: refusal !== undefined, confidence };
    yield { type: 'intent', name: frame.intent, slots: refusal ? { reason: refusal } : frame.slots };
    yield { type: 'end', stopReason: 'end-token', timings: { total: performance.now() - started } };
  }

  #hear(speech: Speech, signal: AbortSignal): Promise<Heard> {
    return this.#alone(async () => {
      const known = this.#heard.get(speech);
      if (known) return known;
      const hearing = await hearSpeech(speech, this.#parts, signal);
      const understanding = await understandWords(hearing, this.#parts, signal);
      const heard = { hearing, understanding };
      this.#heard.set(speech, heard);
      return heard;
    }, signal);
  }

  /** Work with the decoder, after the work before it. */
  #alone<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const result = this.#free.then(() => {
      signal.throwIfAborted();
      return work();
    });
    this.#free = result.catch(() => undefined);
    return result;
  }

  #tags(speech: Speech, hearing: Hearing): Tag[] {
    if (!hearing.isSpeech) return [];
    const phones = hearing.phonePath.phones.map((label) => this.#parts.labels[label] as string);
    const measured = measuredTags(speech.samples, speech.spans, countSyllables(phones));
    return [...tagsOf(hearing.tagShares, this.#parts.settings.tagShare), emotionUnsure, ...measured];
  }
}
