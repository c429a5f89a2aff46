import type { Settings } from '../../contract/settings.ts';
import type { Tag } from '../../contract/tags.ts';
import type { ShoppingList } from './lists/shopping-list.ts';
import type { Notes } from './lists/notes.ts';
import type { ToDos } from './lists/to-dos.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { PassageJudge } from '../retrieval/find-passages.ts';
import type { PageFetcher } from '../web-search/page-fetcher.ts';
import type { ScheduledItem, NewScheduledItem, ScheduledKind } from '../schedule/scheduled-item.ts';

/** What a tool may know and do. Everything that changes from run to run is injected here. */
export interface ToolContext {
  now(): Date;
  /** IANA name of the person's own time zone, for example "Europe/Berlin". */
  readonly timeZone: string;
  /** BCP 47, for example "en-US". Decides units where nobody named one. */
  readonly locale: string;
  readonly settings: Settings;
  /** Uniform in [0, 1). */
  random(): number;
  readonly services: ToolServices;
}

export interface ToolServices {
  readonly schedule: ScheduleService;
  readonly notes: Notes;
  readonly shoppingList: ShoppingList;
  /** Reminders without a time. */
  readonly toDos: ToDos;
  readonly voices: VoiceService;
  /** Loudness of the reply, 0..1. */
  readonly volume: Adjustable;
  /** 1 = as recorded, 0.5..2. */
  readonly speakingRate: Adjustable;
  readonly opener: Opener;
  /** The last thing that was said aloud; empty at the start of a conversation. */
  lastReply(): string;
  /** How the present utterance sounds. */
  lastTags(): readonly Tag[];
  /** Left out where a battery cannot be read. Resolves to undefined on a machine without one. */
  readonly battery?: BatteryReader;
  /** The network. Only tools with `leavesMachine` use it. */
  readonly fetch: typeof globalThis.fetch;
  /** Reads pages of the open web. Left out where pages are not to be read. */
  readonly pages?: Pick<PageFetcher, 'fetch'>;
  /** The person's own files. */
  readonly knowledge?: Pick<Knowledge, 'hasFolders' | 'search'>;
  /** Stops what is at work behind the conversation; how many there were. */
  readonly stopTools?: () => number;
  /** Left out where the model cannot judge. */
  readonly judge?: PassageJudge;
}

/** Timers, alarms and reminders. `Schedule` implements it. */
export interface ScheduleService {
  add(item: NewScheduledItem): ScheduledItem;
  /** Soonest first. */
  list(kind?: ScheduledKind): readonly ScheduledItem[];
  /** False when there is no such item any more. */
  cancel(id: string): boolean;
}

export interface VoiceChoice {
  readonly id: string;
  readonly name: string;
  readonly gender: 'female' | 'male' | 'neutral';
  readonly description: string;
  /** Why a search found it. */
  readonly matched?: string | undefined;
}

export interface VoiceService {
  current(): VoiceChoice;
  /** Every voice that can speak now. */
  all(): readonly VoiceChoice[];
  /** Best match first; empty when nothing matches. */
  search(query: string): readonly VoiceChoice[];
  select(id: string): Promise<void>;
  /** "the voice I recorded yesterday": undefined when the words do not mean a recording of one's own. */
  recorded?(query: string): { readonly found: VoiceChoice | undefined } | undefined;
  /** The voice that the person chose by hand. */
  usual?(): VoiceChoice | undefined;
  /** The light voice that speaks in its place, where the model cannot take it on. */
  standIn?(id: string): string | undefined;
}

export interface Adjustable {
  get(): number;
  set(value: number): Promise<void>;
}

/**
 * Opens and closes things outside of Sotto, after the person agreed.
 * Rejects with UserError `consent-refused` when not, `tool-failed` when the system has no such thing.
 */
export interface Opener {
  open(subject: OpenSubject, signal: AbortSignal): Promise<void>;
  /**
   * Asks whether something may be done: `subject` says what exactly, `question` is said aloud. Left out where nobody
   * can be asked.
   */
  permit?(subject: string, question: string, signal: AbortSignal): Promise<'once' | 'always' | 'no'>;
}

export type OpenSubject =
  | { readonly kind: 'app'; readonly name: string }
  | { readonly kind: 'close-app'; readonly name: string }
  | { readonly kind: 'link'; readonly address: string };

export interface BatteryState {
  /** 0..1 */
  readonly level: number;
  readonly state: 'charging' | 'discharging' | 'full' | 'unknown';
}
export type BatteryReader = (signal: AbortSignal) => Promise<BatteryState | undefined>;
