import type { ModelStatus, ProviderReport } from './app-events.ts';
import type { Tag } from './tags.ts';

/** What a model package declares about itself (`model.json`), as far as others need to know. */
export interface ModelDescription extends Pick<
  ModelStatus,
  | 'id'
  | 'name'
  | 'description'
  | 'family'
  | 'version'
  | 'licence'
  | 'bytes'
  | 'languages'
  | 'speaks'
  | 'voiceOnly'
> {
  /** False for the starter: it names an intent, and the assistant words the reply. True for the 8B models. */
  readonly wordsReplies: boolean;
}

/** A model that another machine serves with OpenAI-compatible chat. What is said to it leaves this machine. */
export interface RemoteModel {
  readonly url: string;
  readonly model: string;
  /** Sent as a bearer token; empty = none. Never written anywhere. */
  readonly key: string;
  /** It thinks before it answers. */
  readonly thinks: boolean;
  /** Unencrypted even outside of private networks. */
  readonly allowPlainHttp: boolean;
  /** Of an HTTP proxy; empty = straight. */
  readonly proxy: string;
}

export interface LoadRequest {
  /** With `remote`: the package that voices its speech tokens here; empty = a light voice speaks. */
  readonly packageFolder: string;
  readonly remote?: RemoteModel;
  readonly provider: 'auto' | 'cuda' | 'webgpu' | 'dml' | 'coreml' | 'cpu';
  /** 0 = the engine's choice. */
  readonly threads: number;
  /** The voice that will probably speak first: made ready while the model loads, where the model speaks by itself. */
  readonly voice?: SpokenVoice;
}
export type LoadEvent =
  | { readonly type: 'progress'; readonly stage: string; readonly done: number; readonly total: number }
  | {
      readonly type: 'ready';
      readonly model: ModelDescription;
      readonly provider: ProviderReport;
      /** Of models that speak by themselves, measured while loading. */
      readonly speeds?: SpeechSpeeds;
    };

/** Whose voice a model that speaks by itself takes on: that of a recording, else that of a light voice. */
export interface SpokenVoice {
  readonly voiceId: string;
  /** A WAV file in which one person speaks. */
  readonly recording?: string;
}

/** How fast this machine makes a reply that is spoken by the model itself. */
export interface SpeechSpeeds {
  /** Decoder steps a second; a second of speech takes 31.25. */
  readonly stepsPerSecond: number;
  /** Seconds of work for a second of sound, beside the decoder's. */
  readonly soundSecondsPerSecond: number;
  /** Seconds of sound made in a second, all work together; from 1 on a reply is spoken as it is made. */
  readonly speechPerSecond: number;
}

/** What the voice detector says of the block just pushed. */
export interface AudioLevel {
  /** Root mean square, 0..1. */
  readonly level: number;
  readonly speech: boolean;
}

export interface UtteranceSummary {
  readonly durationSeconds: number;
  readonly speechSeconds: number;
  readonly verdict: 'speech' | 'no-speech' | 'too-short';
  /** Share of samples at full scale, 0..1. */
  readonly clippedShare: number;
  /** 16 kHz mono, what was kept after trimming nothing: for history and replay. */
  readonly samples: Float32Array;
  /** What was measured beside the words, where that was asked for. */
  readonly tags?: readonly Tag[];
}

/** One message of the prompt, official roles (spec section 7). */
export interface PromptMessage {
  readonly role: 'system' | 'human' | 'assistant' | 'tool_json_schemas' | 'input';
  readonly content: readonly PromptContent[];
}
export type PromptContent =
  | { readonly text: string }
  /** `text` stands in for the sound when the engine no longer has it. */
  | { readonly utteranceId: string; readonly text?: string }
  /** An earlier spoken reply as the model wrote it: `tokens` of its `end` event. */
  | { readonly spokenTokens: readonly number[] };

export interface ToolSchema {
  readonly type: 'function';
  readonly function: { readonly name: string; readonly description: string; readonly parameters: unknown };
}

export interface Sampling {
  /** 0 = greedy. */
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
  readonly repetitionPenalty: number;
  readonly maxNewTokens: number;
  readonly seed: number;
}

/**
 * What is to be done with the last human message. `translate` and `describe` reply with text in `targetLanguage` or
 * with what is to be heard; `paralinguistic` answers a question about how something sounds, and `question` one about a
 * recording, in writing and with the likeliest of several replies; `tags` tells what is heard beside the words.
 */
export type ReplyTask =
  'converse' | 'transcribe' | 'translate' | 'describe' | 'paralinguistic' | 'question' | 'tags';

export interface ReplyRequest extends SpokenVoice {
  readonly task: ReplyTask;
  readonly messages: readonly PromptMessage[];
  readonly tools: readonly ToolSchema[];
  /** The tools stay in the prompt, but none may be called any more. */
  readonly toolsClosed?: boolean;
  /** The model speaks the reply itself; else it only writes. */
  readonly spoken?: boolean;
  /** For `translate`: the language's English name. */
  readonly targetLanguage?: string;
  /** 1 = as the voice speaks; for models that speak by themselves. */
  readonly speakingRate?: number;
  /** Nothing is listened for beside the words. */
  readonly withoutTags?: boolean;
  /** Ends a spoken reply at this length. */
  readonly longestSpeechSeconds?: number;
  readonly sampling?: Partial<Sampling>;
}

export type ReplyEvent =
  | {
      readonly type: 'heard';
      readonly transcript: string;
      readonly rejected: boolean;
      readonly confidence: number;
    }
  | { readonly type: 'tags'; readonly tags: readonly Tag[] }
  | { readonly type: 'thinking-delta'; readonly text: string }
  /** An intent of a model that does not word its replies; slots are word sequences as heard. */
  | { readonly type: 'intent'; readonly name: string; readonly slots: Readonly<Record<string, string>> }
  | {
      readonly type: 'tool-call';
      readonly name: string;
      readonly arguments: Readonly<Record<string, unknown>>;
      readonly intent?: string;
    }
  | { readonly type: 'text-delta'; readonly text: string }
  | {
      readonly type: 'audio-delta';
      readonly samples: Float32Array;
      readonly sampleRate: number;
      /** The words that these samples say; they come with no text-delta. */
      readonly text?: string;
    }
  | {
      readonly type: 'end';
      readonly stopReason: 'end-token' | 'length' | 'stop-text';
      /** A spoken reply as the model wrote it, for `spokenTokens` of later prompts. */
      readonly tokens?: readonly number[];
      readonly timings: Readonly<Record<string, number>>;
    };

export interface SpeakRequest {
  readonly text: string;
  readonly voiceId: string;
  /** 1 = as recorded; 0.5..2 */
  readonly speakingRate: number;
  readonly pitchSemitones: number;
  /** 0..1 */
  readonly volume: number;
}
export interface SpokenAudio {
  readonly samples: Float32Array;
  readonly sampleRate: number;
  /** The piece of the text that these samples say; empty when it is the rest of the piece before. */
  readonly text: string;
}

export interface LightVoice {
  readonly id: string;
  readonly name: string;
  readonly gender: 'female' | 'male' | 'neutral';
  readonly description: string;
  readonly language: string;
}

/**
 * The inference engine as the assistant sees it. One implementation runs the stages in this process
 * (`engine/local-engine.ts`), one speaks to the child process that hosts them (`engine/process/engine-client.ts`).
 * Aborting a signal stops the work at the next graph run; the call rejects with `signal.reason`.
 */
export interface Engine {
  load(request: LoadRequest, signal: AbortSignal): AsyncIterable<LoadEvent>;
  unload(signal: AbortSignal): Promise<void>;
  /** Which execution providers work here; each is tried in a child of its own. */
  probeProviders(signal: AbortSignal): Promise<ProviderReport>;
  openUtterance(request: { utteranceId: string; sampleRate: number }, signal: AbortSignal): Promise<void>;
  /** Mono samples in [-1, 1] at the utterance's rate. */
  pushAudio(
    request: { utteranceId: string; samples: Float32Array },
    signal: AbortSignal,
  ): Promise<AudioLevel>;
  closeUtterance(
    request: { utteranceId: string; withTags?: boolean },
    signal: AbortSignal,
  ): Promise<UtteranceSummary>;
  /** Frees the samples and features of an utterance. */
  releaseUtterance(request: { utteranceId: string }, signal: AbortSignal): Promise<void>;
  reply(request: ReplyRequest, signal: AbortSignal): AsyncIterable<ReplyEvent>;
  /** Text to sound with a light voice, clause by clause. */
  speak(request: SpeakRequest, signal: AbortSignal): AsyncIterable<SpokenAudio>;
  lightVoices(signal: AbortSignal): Promise<readonly LightVoice[]>;
  memoryBytes(signal: AbortSignal): Promise<number>;
  /** Ends the process or frees the sessions. */
  dispose(): Promise<void>;
}
