import type { Assistant } from '../contract/assistant-contract.ts';
import type { AppState, HotkeyStatus } from '../contract/app-events.ts';
import type { Engine, SpokenAudio, UtteranceSummary } from '../contract/engine-contract.ts';
import type { Tag } from '../contract/tags.ts';
import type { DownloadWorld } from './models/download/model-download.ts';
import type { Offer } from './models/download/offer.ts';
import type { Convert } from './models/model-conversions.ts';
import type { BatteryReader, OpenSubject } from './tools/tool-context.ts';
import type { PageWorld } from './web-search/page-fetcher.ts';

/** What a shell hands to `createAssistant`. Only the first five must be given. */
export interface AssistantOptions {
  readonly engine: Engine;
  /** Folders that hold model packages (a folder with `model.json` each); the bundled one first. */
  readonly modelsFolders: readonly string[];
  readonly shell: AppState['shell'];
  readonly version: string;
  /** Opens and closes things outside of Sotto. The assistant has asked the person before it calls this. */
  readonly open: (subject: OpenSubject, signal: AbortSignal) => Promise<void>;

  /** Everything the assistant keeps. Default: `SOTTO_DATA_FOLDER`, else the system's place for such data. */
  readonly dataFolder?: string;
  /** How the global push-to-talk key works here. Default: there is none. */
  readonly hotkey?: HotkeySource;
  readonly battery?: BatteryReader;
  /** The key for the other machine, instead of the one that is kept. Default: `SOTTO_REMOTE_KEY`. */
  readonly remoteKey?: string;
  /** Load the selected model at once, so that the first turn need not wait. Default true. */
  readonly loadModelAtStart?: boolean;
  /**
   * Hand out spoken audio at most this far ahead of the loudspeaker, so that the phase is "speaking" for as long
   * as it is heard. Infinity hands it out as fast as it is made. Default: 1500, on the command line Infinity.
   */
  readonly speechLeadMs?: number;
  /** Ring timers, alarms and reminders that fall due. Default: true, on the command line false. */
  readonly ringScheduled?: boolean;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** Uniform in [0, 1). */
  readonly random?: () => number;
  /** IANA name. Default: the system's. */
  readonly timeZone?: string;
  /** BCP 47. Default: the system's. */
  readonly locale?: string;
  readonly fetch?: typeof globalThis.fetch;
  /** Makes packages from checkpoints. Default: it cannot. */
  readonly convert?: Convert;
  /** How downloads go; for tests. */
  readonly download?: Partial<DownloadWorld>;
  /** What can be fetched before the person adds anything. Default: the checkpoints of Step-Audio 2. */
  readonly offers?: readonly Offer[];
  /** How long a turn waits for a tool that may take long. Default: 9000, on the command line Infinity. */
  readonly toolPatienceMs?: number;
  /** Where and how pages of the web are read; for tests. */
  readonly pages?: Partial<PageWorld>;
  /** Told of failures that no person can act on, for the log. */
  readonly report?: (where: string, error: unknown) => void;
}

export interface HotkeySource {
  status(): HotkeyStatus;
  /** Returns a function that removes the listener. */
  onChange(listener: () => void): () => void;
}

/** One utterance as it was heard; nothing is stored and nothing is answered. */
export interface HeardUtterance {
  readonly verdict: UtteranceSummary['verdict'];
  readonly speechSeconds: number;
  readonly transcript: string;
  /** True when the model is not sure enough to act on what it heard. */
  readonly rejected: boolean;
  /** 0..1 */
  readonly confidence: number;
  readonly tags: readonly Tag[];
  /** Milliseconds per stage. */
  readonly timings: Readonly<Record<string, number>>;
}

export interface RunningAssistant {
  /** The whole contract; serve it over a channel or call it directly. */
  readonly assistant: Assistant;
  /** Listens to mono samples in [-1, 1] without a turn: the command line's `transcribe` and `tags`. */
  hear(
    utterance: {
      readonly samples: Float32Array;
      readonly sampleRate: number;
      readonly task: 'transcribe' | 'tags';
    },
    signal: AbortSignal,
  ): Promise<HeardUtterance>;
  /** Says a text with the person's settings, or with those given: the command line's `say`. */
  say(
    request: { readonly text: string; readonly voiceId?: string; readonly speakingRate?: number },
    signal: AbortSignal,
  ): AsyncIterable<SpokenAudio>;
  /** Ends what runs, closes the database, disposes of the engine. */
  dispose(): Promise<void>;
}
