import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AppEvent } from '../../contract/app-events.ts';
import type { Assistant } from '../../contract/assistant-contract.ts';
import type { TurnEvent } from '../../contract/turn-events.ts';
import {
  createAssistant,
  type AssistantOptions,
  type RunningAssistant,
} from '../../assistant/create-assistant.ts';
import type { OpenSubject } from '../../assistant/tools/tool-context.ts';
import { ScriptedEngine, scriptedModel } from './scripted-engine.ts';

export const never = new AbortController().signal;

export interface Stage {
  readonly engine: ScriptedEngine;
  readonly assistant: Assistant;
  readonly running: RunningAssistant;
  readonly folder: string;
  /** Everything told so far, in order. */
  readonly events: AppEvent[];
  readonly opened: OpenSubject[];
  turnEvents(turnId?: string): TurnEvent[];
  /** Resolves with the first event, told before or later, that fits. */
  until<Event extends AppEvent>(fits: (event: AppEvent) => event is Event): Promise<Event>;
  until(fits: (event: AppEvent) => boolean): Promise<AppEvent>;
  /** Press, a second of sound, release. */
  speak(): Promise<string>;
  close(): Promise<void>;
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'sotto-test-'));
}

/** A models folder with one package that is whole. */
export function modelsFolder(parent: string, id = 'starter'): string {
  const folder = join(parent, 'packages', id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'weights.bin'), 'test');
  const sha256 = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
  const files = [{ path: 'weights.bin', bytes: 4, sha256 }];
  writeFileSync(join(folder, 'model.json'), JSON.stringify({ ...scriptedModel, id, files }));
  return join(parent, 'packages');
}

/** A whole assistant around a scripted engine, in a folder of its own. */
export async function stage(
  options: Partial<AssistantOptions> = {},
  engine = new ScriptedEngine(),
): Promise<Stage> {
  const folder = options.dataFolder ?? temporaryFolder();
  const opened: OpenSubject[] = [];
  const running = await createAssistant({
    engine,
    modelsFolders: [modelsFolder(folder)],
    shell: 'browser',
    version: '0.0.0',
    open: async (subject) => void opened.push(subject),
    dataFolder: folder,
    speechLeadMs: Infinity,
    timeZone: 'Europe/Berlin',
    locale: 'en-US',
    random: () => 0.3,
    ...options,
  });
  const { assistant } = running;
  const events: AppEvent[] = [];
  const listeners = new Set<() => void>();
  const listening = new AbortController();
  const heardAll = (async () => {
    for await (const event of assistant.events({}, listening.signal)) {
      events.push(event);
      for (const listener of [...listeners]) listener();
    }
  })();
  const until = (fits: (event: AppEvent) => boolean) =>
    new Promise<AppEvent>((resolve) => {
      const look = () => {
        const found = events.find(fits);
        if (!found) return;
        listeners.delete(look);
        resolve(found);
      };
      listeners.add(look);
      look();
    });
  return {
    engine,
    assistant,
    running,
    folder,
    events,
    opened,
    until: until as Stage['until'],
    turnEvents: (turnId) =>
      events.flatMap((event) =>
        event.type === 'turn' && (!turnId || event.event.turnId === turnId) ? [event.event] : [],
      ),
    speak: async () => {
      const { utteranceId } = await assistant.startListening({ sampleRate: 16_000 }, never);
      await assistant.pushAudio({ utteranceId, samples: new Float32Array(16_000).fill(0.25) }, never);
      return (await assistant.finishListening({ utteranceId }, never)).turnId;
    },
    close: async () => {
      await running.dispose();
      await heardAll;
      listening.abort();
      if (!options.dataFolder) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Lets everything that is ready run. */
export const settle = () => new Promise<void>((resolve) => setTimeout(resolve, 5));
