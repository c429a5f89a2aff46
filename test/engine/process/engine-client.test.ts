import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import type { SpeakRequest } from '../../../contract/engine-contract.ts';
import {
  startEngine,
  type EngineClient,
  type EngineClientOptions,
} from '../../../engine/process/engine-client.ts';

// Processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const { signal } = new AbortController();
const engineMain = join(import.meta.dirname, 'stand-in-engine-main.ts');
const started: EngineClient[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((client) => client.dispose()));
});

async function start(options: EngineClientOptions = {}): Promise<EngineClient> {
  const client = await startEngine({ engineMain, resourcesFolder: 'here', ...options });
  started.push(client);
  return client;
}

const order = (text: string): SpeakRequest => ({
  text,
  voiceId: '',
  speakingRate: 1,
  pitchSemitones: 0,
  volume: 1,
});

async function speak(client: EngineClient, text: string, stop = signal): Promise<number> {
  let pieces = 0;
  for await (const _piece of client.speak(order(text), stop)) pieces += 1;
  return pieces;
}
async function load(client: EngineClient, packageFolder: string): Promise<string[]> {
  const types: string[] = [];
  const request = { packageFolder, provider: 'auto', threads: 0 } as const;
  for await (const event of client.load(request, signal)) types.push(event.type);
  return types;
}

test('samples cross to the engine and back unchanged', async () => {
  const client = await start();
  await client.openUtterance({ utteranceId: 'u', sampleRate: 16_000 }, signal);
  const samples = Float32Array.of(0.25, -1, 1e-7);
  expect(await client.pushAudio({ utteranceId: 'u', samples }, signal)).toEqual({
    level: 0.25,
    speech: true,
  });
  expect((await client.closeUtterance({ utteranceId: 'u' }, signal)).samples).toEqual(samples);
  await client.releaseUtterance({ utteranceId: 'u' }, signal);
});

test('loading tells its progress', async () => {
  expect(await load(await start(), 'starter')).toEqual(['progress', 'ready']);
});

test('a failure keeps its code and details, and a programming error shows none of its insides', async () => {
  const lines: string[] = [];
  const client = await start({ onLogLine: (line) => lines.push(line) });
  await expect(speak(client, 'fail')).rejects.toMatchObject({
    code: 'voice-missing',
    details: { voiceId: 'nobody' },
  });
  await expect(speak(client, 'bug')).rejects.toMatchObject({ code: 'internal', details: {} });
  await expect.poll(() => lines.join('\n'), { timeout: 30_000 }).toContain('a programmer erred');
});

test('a crash rejects every running call, and the next call starts the engine and its model again', async () => {
  const crashes: string[] = [];
  const client = await start({ onCrash: (end) => crashes.push(end.signal) });
  await load(client, 'starter');
  const first = (await client.probeProviders(signal)).threads;
  const outcomes = await Promise.allSettled([
    speak(client, 'wait'),
    speak(client, 'wait'),
    speak(client, 'crash'),
  ]);
  expect(outcomes.map((outcome) => outcome.status === 'rejected' && outcome.reason.code)).toEqual([
    'engine-crashed',
    'engine-crashed',
    'engine-crashed',
  ]);
  const again = await client.probeProviders(signal);
  expect(again.chosen).toBe('starter');
  expect(again.threads).not.toBe(first);
  expect(crashes).toEqual(['SIGKILL']);
});

test('killing from outside while idle goes unnoticed by the next call', async () => {
  const client = await start();
  await load(client, 'starter');
  process.kill((await client.processId())!, 'SIGKILL');
  await expect.poll(() => client.processId(), { timeout: 30_000 }).toBeUndefined();
  expect((await client.probeProviders(signal)).chosen).toBe('starter');
});

test('an utterance whose process is gone is told as such, and releasing it is no failure', async () => {
  const client = await start();
  await client.openUtterance({ utteranceId: 'u', sampleRate: 16_000 }, signal);
  await client.kill();
  await client.memoryBytes(signal);
  const lost = { code: 'engine-crashed' };
  const samples = new Float32Array(1);
  await expect(client.pushAudio({ utteranceId: 'u', samples }, signal)).rejects.toMatchObject(lost);
  await expect(client.closeUtterance({ utteranceId: 'u' }, signal)).rejects.toMatchObject(lost);
  await client.releaseUtterance({ utteranceId: 'u' }, signal);
});

test('a model that crashes the engine is not loaded again by the next call', async () => {
  const client = await start();
  await load(client, 'starter');
  await expect(load(client, 'crash')).rejects.toMatchObject({ code: 'engine-crashed' });
  expect((await client.probeProviders(signal)).chosen).toBe('nothing');
});

test('a stream is made only as fast as it is taken', async () => {
  const client = await start();
  await client.openUtterance({ utteranceId: 'u', sampleRate: 16_000 }, signal);
  const speaking = client.speak(order('count 1000'), signal);
  await speaking.next();
  await wait(200);
  const { durationSeconds: produced } = await client.closeUtterance({ utteranceId: 'u' }, signal);
  expect(produced).toBeLessThan(100);
  let pieces = 1;
  for await (const _piece of speaking) pieces += 1;
  expect(pieces).toBe(1000);
});

test('stopping rejects at once with the reason, and the engine goes on', async () => {
  const client = await start();
  const id = await client.processId();
  const controller = new AbortController();
  const speaking = speak(client, 'wait', controller.signal);
  setTimeout(() => controller.abort(new Error('enough')), 50);
  await expect(speaking).rejects.toThrow('enough');
  expect(await speak(client, 'count 3')).toBe(3);
  expect(await client.processId()).toBe(id);
});

test('an engine that hangs after it was told to stop is ended, and the next call gets a new one', async () => {
  const client = await start({ hangTimeoutMs: 300 });
  const id = await client.processId();
  const controller = new AbortController();
  const speaking = speak(client, 'hang', controller.signal);
  setTimeout(() => controller.abort(new Error('enough')), 50);
  await expect(speaking).rejects.toThrow('enough');
  await expect.poll(() => client.processId(), { timeout: 30_000 }).toBeUndefined();
  expect(await speak(client, 'count 2')).toBe(2);
  expect(await client.processId()).not.toBe(id);
});

test('an engine that cannot start says why', async () => {
  const failed = { code: 'engine-start-failed' };
  await expect(start({ nodeBinary: '/nowhere/node' })).rejects.toMatchObject(failed);
  await expect(start({ engineMain: '/nowhere/main.js' })).rejects.toMatchObject(failed);
  await expect(start({ resourcesFolder: 'broken' })).rejects.toMatchObject(failed);
  await expect(start({ resourcesFolder: 'silent', startTimeoutMs: 400 })).rejects.toMatchObject({
    ...failed,
    details: { reason: 'no answer within 0.4 s' },
  });
});

test('the engine ends with its parent, even one that is killed', async () => {
  const script = `
    import { startEngine } from ${JSON.stringify(join(import.meta.dirname, '../../../engine/process/engine-client.ts'))};
    const client = await startEngine({ engineMain: ${JSON.stringify(engineMain)}, resourcesFolder: 'here' });
    console.log(await client.processId());
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const id = await new Promise<number>((resolve) =>
    parent.stdout.once('data', (text) => resolve(Number(text))),
  );
  expect(isAlive(id)).toBe(true);
  parent.kill('SIGKILL');
  await expect.poll(() => isAlive(id), { timeout: 30_000 }).toBe(false);
});

test('disposing ends the process', async () => {
  const client = await start();
  const id = (await client.processId())!;
  await client.dispose();
  expect(isAlive(id)).toBe(false);
  await expect(client.memoryBytes(signal)).rejects.toThrow('disposed');
});

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}
