import Database from 'better-sqlite3';
import { settings } from '../../../contract/settings.ts';
import { Notes } from '../../../assistant/tools/lists/notes.ts';
import { ShoppingList } from '../../../assistant/tools/lists/shopping-list.ts';
import { ToDos } from '../../../assistant/tools/lists/to-dos.ts';
import type {
  Adjustable,
  OpenSubject,
  ToolContext,
  VoiceChoice,
} from '../../../assistant/tools/tool-context.ts';
import { Schedule } from '../../../assistant/schedule/schedule.ts';
import { ScheduleStore } from '../../../assistant/schedule/schedule-store.ts';
import { instantOf } from '../../../assistant/schedule/zoned-time.ts';

export const TEST_ZONE = 'America/New_York';

/** A Saturday, three in the afternoon in New York. */
export const TEST_NOW = instantOf(
  { year: 2026, month: 11, day: 21, hour: 15, minute: 0, second: 0 },
  TEST_ZONE,
);

export const TEST_VOICES: readonly VoiceChoice[] = [
  { id: 'flite-slt', name: 'Clara', gender: 'female', description: 'A clear American woman' },
  { id: 'flite-rms', name: 'Roger', gender: 'male', description: 'A calm, deep American man' },
];

export interface TestContext extends ToolContext {
  readonly opened: OpenSubject[];
  readonly requested: string[];
}

/** Everything a tool needs, in memory, with a clock, chance and network that the test decides. */
export function testContext(
  changes: {
    nowMs?: number;
    timeZone?: string;
    locale?: string;
    random?: () => number;
    settings?: Parameters<typeof settings.parse>[0];
    answer?: (address: URL) => Response | Promise<Response>;
    services?: Partial<ToolContext['services']>;
  } = {},
): TestContext {
  const database = new Database(':memory:');
  const now = changes.nowMs ?? TEST_NOW;
  const opened: OpenSubject[] = [];
  const requested: string[] = [];
  let voice = TEST_VOICES[0]!;
  return {
    opened,
    requested,
    now: () => new Date(now),
    timeZone: changes.timeZone ?? TEST_ZONE,
    locale: changes.locale ?? 'en-US',
    settings: settings.parse(changes.settings ?? {}),
    random: changes.random ?? (() => 0),
    services: {
      schedule: new Schedule({
        store: new ScheduleStore(database),
        now: () => now,
        timeZone: () => changes.timeZone ?? TEST_ZONE,
        setTimer: () => () => {},
        onFire: () => {},
      }),
      notes: new Notes(database),
      shoppingList: new ShoppingList(database),
      toDos: new ToDos(database),
      voices: {
        current: () => voice,
        all: () => TEST_VOICES,
        search: (query) =>
          TEST_VOICES.filter((one) =>
            `${one.gender} ${one.name} ${one.description}`
              .toLowerCase()
              .split(/\W+/)
              .some((word) => query.split(' ').includes(word)),
          ),
        select: async (id) => {
          voice = TEST_VOICES.find((one) => one.id === id)!;
        },
      },
      volume: adjustable(0.5),
      speakingRate: adjustable(1),
      opener: {
        open: async (subject) => {
          opened.push(subject);
        },
      },
      lastReply: () => '',
      lastTags: () => [],
      fetch: async (input) => {
        const address = new URL(String(input instanceof Request ? input.url : input));
        requested.push(address.href);
        if (!changes.answer) throw new TypeError('fetch failed');
        return changes.answer(address);
      },
      ...changes.services,
    },
  };
}

function adjustable(start: number): Adjustable {
  let value = start;
  return {
    get: () => value,
    set: async (next) => {
      value = next;
    },
  };
}

export const neverAborted = new AbortController().signal;
