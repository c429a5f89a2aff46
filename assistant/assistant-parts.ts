import type { AppEvent, AppState, HotkeyStatus } from '../contract/app-events.ts';
import type { Engine } from '../contract/engine-contract.ts';
import type { TagCorrection } from '../contract/tags.ts';
import type { AppEventFeed } from './events/app-event-feed.ts';
import type { KeptHistories } from './kept-histories.ts';
import type { ModelHost } from './models/model-host.ts';
import type { ModelLibrary } from './models/model-library.ts';
import type { PersonalStores } from './personal-stores.ts';
import type { SecretStore } from './settings/secret-store.ts';
import type { SettingsStore } from './settings/settings-store.ts';
import type { ToolParts } from './tools/tool-parts.ts';
import type { BackgroundTools } from './turns/background-tools.ts';
import type { ToolListing } from './tools/tool-registry.ts';
import type { Consents } from './turns/consents.ts';
import type { ConversationMemory } from './turns/conversation-memory.ts';
import type { TurnBodies } from './turns/turn-bodies.ts';
import type { TurnCoordinator } from './turns/turn-coordinator.ts';
import type { ClipVoices } from './voices/clip-voices.ts';
import type { RecordedVoices } from './voices/recorded-voices.ts';
import type { VoiceLibrary } from './voices/voice-library.ts';
import type { Finding } from './diagnosis/diagnose.ts';

/** Everything the service calls; put together by `createAssistant`. */
export interface AssistantParts {
  readonly engine: Engine;
  readonly settings: SettingsStore;
  /** For requests to the other machine. */
  readonly remoteKey: SecretStore;
  readonly histories: KeptHistories;
  /** Stores what the person said is right, and tells every interface. */
  readonly correctTag: (correction: TagCorrection) => void;
  readonly voices: VoiceLibrary;
  readonly recordedVoices: RecordedVoices;
  readonly clipVoices: ClipVoices;
  readonly models: ModelHost;
  readonly library: ModelLibrary;
  readonly stores: PersonalStores;
  readonly memory: ConversationMemory;
  readonly consents: Consents;
  readonly coordinator: TurnCoordinator;
  readonly bodies: TurnBodies;
  readonly feed: AppEventFeed;
  readonly publish: (event: AppEvent) => void;
  readonly state: () => AppState;
  readonly toolParts: ToolParts;
  readonly background: BackgroundTools;
  /** Opens a page that the person asked to see. */
  readonly openLink: (address: string, signal: AbortSignal) => Promise<void>;
  readonly listTools: () => readonly ToolListing[];
  readonly diagnose: (signal: AbortSignal) => Promise<Finding[]>;
  readonly now: () => number;
  /** The last step of closing. */
  readonly close: () => void;
}

export const noHotkey: HotkeyStatus = { mode: 'none', accelerator: '', reason: '' };
