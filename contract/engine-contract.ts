import type { ModelStatus, ProviderReport } from './app-events.ts';
import type { Tag } from './tags.ts';

/** What a model package declares about itself (`model.json`), as far as others need to know. */
export interface ModelDescription extends Pick<
  ModelStatus,
  'id' | 'name' | 'description' | 'family' | 'version' | 'licence' | 'bytes' | 'languages' | 'speaks'
> {
  /** False for the starter: it names an intent, and the assistant words the reply. True for the 8B models. */
  readonly wordsReplies: boolean;
}

export interface LoadRequest {
  readonly packageFolder: string;
  readonly provider: 'auto' | 'cuda' | 'webgpu' | 'dml' | 'coreml' | 'cpu';
  /** 0 = the engine's choice. */
  readonly threads: number;
}
export type LoadEvent =
  | { readonly type: 'progress'; readonly stage: string; readonly done: number; readonly total: number }
  | { readonly type: 'ready'; readonly model: ModelDescription; readonly provider: ProviderReport };

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
}

/** One message of the prompt, official roles (spec section 7). */
export interface PromptMessage {
  readonly role: 'system' | 'human' | 'assistant' | 'tool_json_schemas' | 'input';
  readonly content: readonly ({ readonly text: string } | { readonly utteranceId: string })[];
}

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

export interface ReplyRequest {
  readonly task: 'converse' | 'transcribe' | 'tags';
  readonly messages: readonly PromptMessage[];
  readonly tools: readonly ToolSchema[];
  /** Voice for models that speak by themselves. */
  readonly voiceId: string;
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
  | { readonly type: 'audio-delta'; readonly samples: Float32Array; readonly sampleRate: number }
  | {
      readonly type: 'end';
      readonly stopReason: 'end-token' | 'length' | 'stop-text';
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
  closeUtterance(request: { utteranceId: string }, signal: AbortSignal): Promise<UtteranceSummary>;
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
