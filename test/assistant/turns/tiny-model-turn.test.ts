import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { AppEvent } from '../../../contract/app-events.ts';
import { startAssistant, type RunningAssistant } from '../../../assistant/start-assistant.ts';
import { sourcePaths } from '../../../engine/process/engine-paths.ts';
import { readWav } from '../../../engine/listen/wav-file.ts';
import { hasGoldenFolder } from '../../golden/golden-folder.ts';
import { scratchFolder } from '../../engine/tiny-model.ts';
import { tinySpeakingPackage } from '../../engine/step-audio/tiny-speaking-model.ts';
import { never } from '../running-assistant.ts';

// Processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const spoken = readWav(readFileSync(join(import.meta.dirname, '../../engine/listen/yes-16k.wav')));

/** Everything but the weights is real: the assistant, the engine's process, the voice's thread. */
describe.runIf(hasGoldenFolder)('a turn with a model of the official layout', () => {
  let running: RunningAssistant;
  let disposals: (() => void)[];
  const events: AppEvent[] = [];
  const listening = new AbortController();

  beforeAll(async () => {
    const data = scratchFolder();
    const made = await tinySpeakingPackage({ id: 'tiny-think', name: 'Tiny Think' });
    disposals = [data.dispose, made.dispose];
    cpSync(made.folder, join(data.folder, 'models', 'tiny-think'), { recursive: true });
    running = await startAssistant({
      shell: 'browser',
      version: '0.0.0',
      modelsFolders: [],
      dataFolder: data.folder,
      resourcesFolder: sourcePaths.resources(),
      loadModelAtStart: false,
      speechLeadMs: Infinity,
    });
    void (async () => {
      for await (const event of running.assistant.events({}, listening.signal)) events.push(event);
    })().catch(() => {});
    await running.assistant.updateSettings({ modelId: 'tiny-think' }, never);
    await running.assistant.loadModel({ modelId: 'tiny-think' }, never);
  });
  afterAll(async () => {
    await running.dispose();
    listening.abort();
    for (const dispose of disposals) dispose();
  });

  async function say(asked: object = {}): Promise<AppEvent[]> {
    const { assistant } = running;
    events.length = 0;
    const { sampleRate, channels } = spoken;
    const { utteranceId } = await assistant.startListening({ sampleRate }, never);
    await assistant.pushAudio({ utteranceId, samples: channels[0]!.slice() }, never);
    await assistant.finishListening({ utteranceId, ...asked }, never);
    await new Promise((resolve) => setTimeout(resolve, 20));
    return [...events];
  }

  const turnTypes = (told: readonly AppEvent[]) =>
    new Set(told.flatMap((event) => (event.type === 'turn' ? [event.event.type] : [])));

  test('is translated aloud in the process, with what was thought nowhere in it', async () => {
    const told = await say({ task: 'translate', targetLanguage: 'Chinese' });
    const end = told.findLast((event) => event.type === 'turn')?.event;
    expect(end).toMatchObject({ type: 'turn-end', outcome: 'completed' });
    const types = turnTypes(told);
    expect(types).toContain('audio-delta');
    expect(types).toContain('text-delta');
    expect(types).not.toContain('thinking-delta');
  });

  test('thinks first in a conversation, until it is stopped, and listens again', async () => {
    const turn = say();
    await vi.waitFor(() => expect(turnTypes(events)).toContain('thinking-delta'), { timeout: 30_000 });
    await running.assistant.stop({}, never);
    await turn;
    expect(events.findLast((event) => event.type === 'turn')?.event).toMatchObject({
      outcome: 'interrupted',
    });
    const heard = await say({ task: 'transcribe' });
    expect(turnTypes(heard)).toContain('heard');
  });
});
