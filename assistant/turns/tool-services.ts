import type { SettingsStore } from '../settings/settings-store.ts';
import type { PersonalStores } from '../personal-stores.ts';
import type {
  Adjustable,
  BatteryReader,
  Opener,
  ToolContext,
  ToolServices,
  VoiceService,
} from '../tools/tool-context.ts';
import type { ClipVoices } from '../voices/clip-voices.ts';
import { foundVoices } from '../voices/found-voices.ts';
import type { VoiceLibrary } from '../voices/voice-library.ts';
import type { ConversationMemory } from './conversation-memory.ts';
import type { LiveTurn } from './live-turn.ts';

export interface ToolSurroundings {
  readonly settings: SettingsStore;
  readonly stores: PersonalStores;
  readonly voices: VoiceLibrary;
  readonly clipVoices: ClipVoices;
  /** Whether what is loaded speaks with a voice of its own, and so can take on a recording. */
  readonly speaksItself: () => boolean;
  readonly memory: ConversationMemory;
  readonly now: () => number;
  readonly random: () => number;
  readonly timeZone: () => string;
  readonly locale: () => string;
  readonly fetch: typeof globalThis.fetch;
  readonly battery: BatteryReader | undefined;
  readonly pages?: ToolServices['pages'];
  readonly knowledge?: ToolServices['knowledge'];
  readonly stopTools?: ToolServices['stopTools'];
  /** Undefined while the model cannot judge. */
  readonly judge?: () => ToolServices['judge'];
}

/** What tools may know and do; within a turn, or (to list the tools) outside of one. */
export function toolContext(around: ToolSurroundings, opener: Opener, turn?: LiveTurn): ToolContext {
  const { settings, stores, memory } = around;
  return {
    now: () => new Date(around.now()),
    timeZone: around.timeZone(),
    locale: around.locale(),
    get settings() {
      return settings.get();
    },
    random: around.random,
    services: {
      get schedule() {
        return stores.schedule;
      },
      get notes() {
        return stores.notes;
      },
      get shoppingList() {
        return stores.shoppingList;
      },
      get toDos() {
        return stores.toDos;
      },
      voices: voiceService(around),
      volume: adjustable(settings, 'volume'),
      speakingRate: adjustable(settings, 'speakingRate'),
      opener,
      lastReply: () => memory.lastReply,
      lastTags: () => turn?.tags ?? [],
      ...(around.battery ? { battery: around.battery } : {}),
      fetch: around.fetch,
      ...(around.pages ? { pages: around.pages } : {}),
      ...(around.knowledge ? { knowledge: around.knowledge } : {}),
      ...(around.stopTools ? { stopTools: around.stopTools } : {}),
      get judge() {
        return around.judge?.();
      },
    },
  };
}

function adjustable(settings: SettingsStore, key: 'volume' | 'speakingRate'): Adjustable {
  return {
    get: () => settings.get()[key],
    set: async (value) => {
      settings.update({ [key]: value });
    },
  };
}

function voiceService(around: ToolSurroundings): VoiceService {
  const { voices, clipVoices, settings } = around;
  return {
    current: () => voices.getOrFirst(settings.get().voiceId),
    all: () => voices.list(),
    search: (query) => foundVoices(voices.list(query), clipVoices.search(query)),
    select: async (id) => {
      voices.require(id);
      clipVoices.usualVoiceId ??= settings.get().voiceId;
      settings.update({ voiceId: id });
    },
    recorded: (query) => clipVoices.recorded(query, around.now(), around.timeZone()),
    usual: () => (clipVoices.usualVoiceId ? voices.get(clipVoices.usualVoiceId) : undefined),
    standIn: (id) => (around.speaksItself() ? undefined : clipVoices.standIn(id)?.name),
  };
}
