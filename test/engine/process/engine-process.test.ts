import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startEngine, type EngineClient } from '../../../engine/process/engine-client.ts';
import { readWav } from '../../../engine/listen/wav-file.ts';

// Processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const { signal } = new AbortController();
const spoken = readWav(readFileSync(join(import.meta.dirname, '../listen/yes-16k.wav'))).channels[0]!;
let engine: EngineClient;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.dispose());

test('the real engine process hears speech, without a model', async () => {
  await engine.openUtterance({ utteranceId: 'u', sampleRate: 16_000 }, signal);
  const levels = [];
  for (let start = 0; start < spoken.length; start += 1600) {
    const samples = spoken.subarray(start, start + 1600);
    levels.push(await engine.pushAudio({ utteranceId: 'u', samples }, signal));
  }
  expect(levels.some(({ speech }) => speech)).toBe(true);
  expect(await engine.closeUtterance({ utteranceId: 'u' }, signal)).toMatchObject({
    verdict: 'speech',
    samples: spoken,
  });
  await engine.releaseUtterance({ utteranceId: 'u' }, signal);
});

test('it speaks, and stops when told', async () => {
  const request = {
    text: 'One. Two. Three. Four.',
    voiceId: 'flite-slt',
    speakingRate: 1,
    pitchSemitones: 0,
    volume: 1,
  };
  const controller = new AbortController();
  const said: string[] = [];
  const speaking = (async () => {
    for await (const piece of engine.speak(request, controller.signal)) {
      expect(piece.samples.length).toBeGreaterThan(1000);
      said.push(piece.text);
      if (said.length === 2) controller.abort(new Error('enough'));
    }
  })();
  await expect(speaking).rejects.toThrow('enough');
  expect(said.join('')).toBe('One. Two. ');
});

test('it names what works here, and why the rest does not', async () => {
  const report = await engine.probeProviders(signal);
  expect(report.threads).toBeGreaterThanOrEqual(1);
  for (const { reason } of report.refused) expect(reason).not.toBe('');
});

test('a model that is not there, and one that was never loaded, are named', async () => {
  const loading = async () => {
    for await (const _event of engine.load(
      { packageFolder: '/nowhere', provider: 'cpu', threads: 1 },
      signal,
    ));
  };
  await expect(loading()).rejects.toMatchObject({ code: 'model-missing' });
  const replying = async () => {
    const request = { task: 'converse', messages: [], tools: [], voiceId: '' } as const;
    for await (const _event of engine.reply(request, signal));
  };
  await expect(replying()).rejects.toMatchObject({ code: 'model-not-loaded' });
});

test('killed in the middle of speaking, it answers again with the next call', async () => {
  const request = {
    text: 'One. Two. Three.',
    voiceId: 'flite-slt',
    speakingRate: 1,
    pitchSemitones: 0,
    volume: 1,
  };
  const speaking = async () => {
    for await (const _piece of engine.speak(request, signal)) {
      process.kill((await engine.processId())!, 'SIGKILL');
    }
  };
  await expect(speaking()).rejects.toMatchObject({ code: 'engine-crashed' });
  expect((await engine.lightVoices(signal)).length).toBeGreaterThan(3);
});
