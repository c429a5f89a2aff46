import type { ReplyEvent, ReplyRequest, SpeechSpeeds } from '../../contract/engine-contract.ts';
import type { Tag } from '../../contract/tags.ts';
import { UserError } from '../../contract/user-errors.ts';
import { measuredTags } from '../listen/speech-tags.ts';
import type { LoadedModel } from '../loaded-model.ts';
import type { PromptMemory } from '../reason/prompt-memory.ts';
import type { PromptTurn } from '../reason/prompt.ts';
import { SPECIAL_TOKENS } from '../reason/special-tokens.ts';
import type { Speech } from '../recognise/hearing.ts';
import { PIECE_SECONDS } from '../speak/token2wav/speech-maker.ts';
import { promptParts, withoutFrames, type PromptParts } from './prompt-turns.ts';
import { replyMode, STEPS_PER_SPOKEN_SECOND, type ReplyMode } from './reply-mode.ts';
import { releaseStepAudioParts, type StepAudioParts } from './step-audio-parts.ts';
import { replyAloud, replyInWriting, type ReplyVoice } from './spoken-reply.ts';
import { answeredTags, joinTags } from './tag-question.ts';
import { nothingWritten, write, type Written } from './writing.ts';

type SpeechOf = (utteranceId: string) => Speech;

const WRITTEN_BEGINNING: PromptTurn = { role: 'assistant', content: null };
const SPOKEN_BEGINNING = openTurn(SPECIAL_TOKENS.speechStart);
const THINKING_BEGINNING = `\n${SPECIAL_TOKENS.thinkStart}\n`;
/** Until it was measured, it is assumed that sound comes as fast as it is heard. */
const IN_TIME = 1.5;

/**
 * Replies of the official models: they hear, think, write, call tools and speak by themselves.
 *
 * The decoder has one memory, so replies are made one after the other.
 */
export class StepAudioReply implements LoadedModel {
  readonly speeds: SpeechSpeeds | undefined;
  readonly #parts: StepAudioParts;
  readonly #heard = new WeakMap<Speech, readonly Float32Array[]>();
  /** Settles when the reply before has let go of the decoder. */
  #free: Promise<void> = Promise.resolve();

  constructor(parts: StepAudioParts, speeds: SpeechSpeeds | undefined) {
    this.#parts = parts;
    this.speeds = speeds;
  }

  async *reply(request: ReplyRequest, speechOf: SpeechOf, signal: AbortSignal): AsyncGenerator<ReplyEvent> {
    const started = performance.now();
    if (request.task === 'tags') {
      const measured = tagsOfSignal(request, speechOf);
      // The base model knows no questions; without speech there is none.
      if (this.#parts.variant === 'base' || measured.length === 0) {
        yield { type: 'tags', tags: measured };
        yield { type: 'end', stopReason: 'end-token', timings: { total: performance.now() - started } };
        return;
      }
    }
    const before = this.#free;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#free = before.then(() => promise);
    try {
      await before;
      signal.throwIfAborted();
      yield* this.#replyAlone(request, speechOf, started, signal);
    } finally {
      resolve();
    }
  }

  async release(): Promise<void> {
    await this.#free;
    await releaseStepAudioParts(this.#parts);
  }

  async *#replyAlone(
    request: ReplyRequest,
    speechOf: SpeechOf,
    started: number,
    signal: AbortSignal,
  ): AsyncGenerator<ReplyEvent> {
    const segments = await this.#hearAll(request, speechOf, signal);
    const hearMs = performance.now() - started;
    const asked = request.messages.findLast(({ role }) => role === 'human');
    const spokenPieces = asked?.content.flatMap((item) =>
      'utteranceId' in item ? (segments.get(item.utteranceId) ?? []) : [],
    );
    const mode = this.#mode(request, spokenPieces?.length ?? 0);
    const { hidden } = this.#parts.decoder.dimensions;
    const isFramed = this.#parts.variant !== 'base';
    const framed = promptParts(request, mode, hidden, (id) => segments.get(id));
    const prompt = isFramed ? framed : withoutFrames(framed);
    const thought = yield* this.#think(request, prompt, mode, signal);
    const written = nothingWritten();
    const beginning = { ...beginningOf(mode, thought), isFramed };
    const { tokenizer } = this.#parts;
    const memory = this.#memory(mode);
    const { sampling, beams } = mode;
    const task = { memory, prompt, beginning, sampling, request, ...(beams ? { beams } : {}) };
    const events = (inner: AbortSignal) => write(tokenizer, task, written, inner);
    if (request.task === 'transcribe') {
      yield* transcript(events(signal), written);
    } else if (request.task === 'tags') {
      yield* askedTags(events(signal), written, tagsOfSignal(request, speechOf));
    } else if (mode.spoken) {
      yield* replyAloud(events, await this.#voice(request, mode, signal), signal);
    } else {
      yield* replyInWriting(events(signal));
    }
    const { stopReason, ids } = written;
    const total = performance.now() - started;
    const timings = { hear: hearMs, ...timingsOf(written), total };
    yield { type: 'end', stopReason, timings, ...(mode.spoken ? { tokens: ids } : {}) };
  }

  #mode(request: ReplyRequest, segments: number): ReplyMode {
    const spoken = (request.spoken ?? false) && this.#parts.maker !== undefined;
    return replyMode({ ...request, spoken }, segments);
  }

  /** The rows of every utterance that the engine still has; the one that is asked about must be there. */
  async #hearAll(
    request: ReplyRequest,
    speechOf: SpeechOf,
    signal: AbortSignal,
  ): Promise<Map<string, readonly Float32Array[]>> {
    const heard = new Map<string, readonly Float32Array[]>();
    const asked = request.messages.findLastIndex(({ role }) => role === 'human');
    for (const [index, message] of request.messages.entries()) {
      for (const item of message.content) {
        if (!('utteranceId' in item)) continue;
        const speech = foundSpeech(item.utteranceId, speechOf, index === asked && item.text === undefined);
        if (speech) heard.set(item.utteranceId, await this.#hear(speech, signal));
      }
    }
    return heard;
  }

  async #hear(speech: Speech, signal: AbortSignal): Promise<readonly Float32Array[]> {
    const known = this.#heard.get(speech);
    if (known) return known;
    const segments = await this.#parts.listener.hear(speech.samples, signal);
    this.#heard.set(speech, segments);
    return segments;
  }

  /** What the model thinks before it replies, where it was taught to; told as it comes. */
  async *#think(
    request: ReplyRequest,
    prompt: PromptParts,
    mode: ReplyMode,
    signal: AbortSignal,
  ): AsyncGenerator<ReplyEvent, string | undefined> {
    if (this.#parts.variant !== 'think' || !(mode.conversational || request.task === 'paralinguistic')) {
      return undefined;
    }
    const written = nothingWritten();
    const beginning = openTurn(THINKING_BEGINNING);
    const memory = this.#memory(mode);
    const task = { memory, prompt, beginning, sampling: mode.sampling, request, thinking: true };
    let thought = '';
    for await (const event of write(this.#parts.tokenizer, task, written, signal)) {
      if (event.type !== 'thinking') continue;
      thought += event.text;
      yield { type: 'thinking-delta', text: event.text };
    }
    return thought;
  }

  #memory({ conversational }: ReplyMode): PromptMemory {
    return conversational ? this.#parts.memory : this.#parts.sideMemory;
  }

  async #voice(request: ReplyRequest, mode: ReplyMode, signal: AbortSignal): Promise<ReplyVoice> {
    const { maker, recordings } = this.#parts;
    if (!maker) throw new UserError('mode-unavailable', { mode: request.task });
    const { speakingRate = 1 } = request;
    return {
      maker,
      recording: await recordings.of(request, signal),
      settings: { speakingRate, seed: 0 },
      production: {
        speechPerSecond: (this.speeds?.speechPerSecond ?? IN_TIME) / speakingRate,
        pieceSeconds: PIECE_SECONDS.map((seconds) => seconds / speakingRate),
      },
      longestSeconds: mode.sampling.maxNewTokens / STEPS_PER_SPOKEN_SECOND,
    };
  }
}

/** The turn that the model goes on with: plain, after `<tts_start>`, and in both cases after what it thought. */
function beginningOf(mode: ReplyMode, thought: string | undefined): PromptTurn {
  if (thought === undefined) return mode.spoken ? SPOKEN_BEGINNING : WRITTEN_BEGINNING;
  const opening = mode.spoken ? SPECIAL_TOKENS.speechStart : '';
  return openTurn(`${THINKING_BEGINNING}${thought}${SPECIAL_TOKENS.thinkEnd}\n\n${opening}`);
}

function openTurn(content: string): PromptTurn {
  return { role: 'assistant', content, endOfTurn: false };
}

/** An utterance that may be missing is one whose words are known. */
function foundSpeech(id: string, speechOf: SpeechOf, isNeeded: boolean): Speech | undefined {
  try {
    return speechOf(id);
  } catch (error) {
    if (isNeeded) throw error;
    return undefined;
  }
}

async function* transcript(
  events: AsyncIterable<{ readonly type: string; readonly text?: string }>,
  written: Written,
): AsyncGenerator<ReplyEvent> {
  let text = '';
  for await (const event of events) if (event.type === 'text') text += event.text;
  const transcribed = text.trim();
  const confidence = transcribed === '' ? 0 : Math.exp(written.meanLogProbability);
  yield { type: 'heard', transcript: transcribed, rejected: transcribed === '', confidence };
}

async function* askedTags(
  events: AsyncIterable<{ readonly type: string; readonly text?: string }>,
  written: Written,
  measured: readonly Tag[],
): AsyncGenerator<ReplyEvent> {
  let text = '';
  for await (const event of events) if (event.type === 'text') text += event.text;
  const answered = answeredTags(text, Math.exp(written.meanLogProbability));
  yield { type: 'tags', tags: joinTags(answered, measured) };
}

/** What can be measured in the signal; the words are not needed for it. */
function tagsOfSignal(request: ReplyRequest, speechOf: SpeechOf): Tag[] {
  const asked = request.messages.findLast(({ role }) => role === 'human');
  const item = asked?.content.find((content) => 'utteranceId' in content);
  if (!item) return [];
  const { samples, spans } = speechOf(item.utteranceId);
  return measuredTags(samples, spans);
}

function timingsOf({
  promptMs,
  promptPositions,
  computedPositions,
  decodeMs,
  ids,
}: Written): Record<string, number> {
  const timings = { prompt: promptMs, promptPositions, computedPositions, decode: decodeMs };
  return ids.length === 0 ? timings : { ...timings, stepsPerSecond: (1000 * ids.length) / decodeMs };
}
