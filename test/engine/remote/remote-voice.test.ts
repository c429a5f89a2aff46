import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ReplyEvent } from '../../../contract/engine-contract.ts';
import { buildPackage } from '../../../engine/convert/build-package.ts';
import { convertModel } from '../../../engine/convert/convert-model.ts';
import { LocalEngine } from '../../../engine/local-engine.ts';
import { fliteWasmPath, voiceDetectorPath } from '../../../engine/process/engine-paths.ts';
import { goldenFolder, hasGoldenFolder } from '../../golden/golden-folder.ts';
import { never, scratchFolder, tinyFacts } from '../tiny-model.ts';
import { promptOf, StandInServer } from './stand-in-server.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });
const root = resolve(import.meta.dirname, '..', '..', '..');
const codes = Array.from({ length: 40 }, (_, index) => 10 + index);
const samplesPerCode = 960;

describe.runIf(hasGoldenFolder)('a model on another machine with the voice of a converted package', () => {
  const { folder, dispose } = scratchFolder();
  const packageFolder = join(folder, 'package');
  const engine = localEngine(folder);
  let server: StandInServer;

  async function load(thinks = false): Promise<unknown> {
    const model = { model: 'step-audio-2-mini', key: '', allowPlainHttp: false, proxy: '' };
    const remote = { url: server.url, thinks, ...model };
    const request = { packageFolder, remote, provider: 'cpu', threads: 1 } as const;
    return (await Array.fromAsync(engine.load(request, never))).at(-1);
  }

  function ask(text: string, earlier: readonly string[] = []): Promise<ReplyEvent[]> {
    const messages = [...earlier, text].map((words, index) => ({
      role: index % 2 === 0 ? ('human' as const) : ('assistant' as const),
      content: [{ text: words }],
    }));
    const request = { task: 'converse', messages, tools: [], voiceId: 'flite-slt', spoken: true } as const;
    return Array.fromAsync(engine.reply(request, never));
  }

  beforeAll(async () => {
    cpSync(join(goldenFolder, 'model'), packageFolder, { recursive: true });
    await buildPackage(packageFolder, { ...tinyFacts, speaks: 'token2wav' }, never);
    server = await StandInServer.start();
    expect(await load()).toMatchObject({
      model: { speaks: 'token2wav' },
      speeds: { soundSecondsPerSecond: expect.any(Number) },
    });
  });
  afterAll(async () => {
    await engine.dispose();
    await server.stop();
    dispose();
  });
  beforeEach(() => {
    server.chats.length = 0;
    server.misbehaviour = undefined;
  });

  test.each([true, false])(
    'speech tokens become sound here, and the words come with it; the server parses them: %s',
    async (speechParser) => {
      server.options = { ...server.options, speechParser };
      server.reply = () => ({ text: 'Good morning to you all.', codes });
      const events = await ask('hello');
      expect(said(events)).toBe('Good morning to you all.');
      expect(sampleCount(events)).toBe(codes.length * samplesPerCode);
      expect(sound(events).every(({ sampleRate }) => sampleRate === 24_000)).toBe(true);
      expect(promptOf(server.chats[0]!)).toMatch(/<\|BOT\|>assistant\n<tts_start>$/);
      server.options = { ...server.options, speechParser: true };
    },
  );

  test('what was said aloud is told again with its speech tokens', async () => {
    server.reply = () => ({ text: 'Nine.', codes: [1, 2, 3, 4] });
    await ask('what time is it');
    await ask('again', ['what time is it', 'Nine.']);
    const told = '<tts_start>Nine.|<audio_1><audio_2><audio_3><audio_4><tts_end>';
    expect(promptOf(server.chats[1]!)).toContain(told);
  });

  test('a line that breaks while sound is made ends both, and the next reply sounds', async () => {
    server.reply = () => ({ text: 'one two three four five six seven eight', codes });
    server.misbehave({ kind: 'drop', afterPieces: 6 });
    await expect(ask('count')).rejects.toMatchObject({ code: 'remote-cut-off' });
    server.misbehaviour = undefined;
    expect(sampleCount(await ask('count'))).toBe(codes.length * samplesPerCode);
  });

  test('a server that gives no speech tokens is given a light voice', async () => {
    server.reply = () => ({ text: 'Only words.' });
    const events = await ask('hello');
    expect(said(events)).toBe('Only words.');
    expect(sound(events)[0]?.sampleRate).toBe(16_000);
  });

  test('thoughts come before speech', async () => {
    await load(true);
    server.reply = () => ({ thoughts: 'Short.', text: 'Hello!', codes });
    const events = await ask('hello');
    expect(promptOf(server.chats[1]!)).toMatch(/<think>Short\.<\/think>\n\n<tts_start>$/);
    expect(sampleCount(events)).toBe(codes.length * samplesPerCode);
  });
});

describe.runIf(hasGoldenFolder)('the voice of a package that holds nothing else', () => {
  const { folder, dispose } = scratchFolder();
  const packageFolder = join(folder, 'package');
  const engine = localEngine(folder);
  afterAll(async () => {
    await engine.dispose();
    dispose();
  });

  test('speaks for another machine, cannot answer by itself, and is refused when it is damaged', async () => {
    const checkpointFolder = join(goldenFolder, 'model');
    const request = { checkpointFolder, outputFolder: packageFolder, voiceOnly: true } as const;
    await Array.fromAsync(convertModel({ ...request, precision: 'auto' }, {}, never));
    const server = await StandInServer.start();
    const far = { model: 'step-audio-2-mini', key: '', allowPlainHttp: false, proxy: '', thinks: false };
    const local = { packageFolder, provider: 'cpu', threads: 1 } as const;
    const remote = { ...local, remote: { ...far, url: server.url } };
    try {
      const events = await Array.fromAsync(engine.load(remote, never));
      expect(events.at(-1)).toMatchObject({ type: 'ready', model: { speaks: 'token2wav' } });
      await expect(Array.fromAsync(engine.load(local, never))).rejects.toMatchObject({
        code: 'model-voice-only',
      });
      const vocoder = join(packageFolder, 'token2wav', 'hift.pt');
      const bytes = readFileSync(vocoder);
      bytes[bytes.length >> 1]! ^= 1;
      writeFileSync(vocoder, bytes);
      await expect(Array.fromAsync(engine.load(remote, never))).rejects.toMatchObject({
        code: 'model-damaged',
      });
    } finally {
      await server.stop();
    }
  });
});

function localEngine(folder: string): LocalEngine {
  return new LocalEngine({
    voiceActivityModel: voiceDetectorPath(join(root, 'resources')),
    lightVoiceProgram: fliteWasmPath(),
    voicesFolder: join(folder, 'voices'),
    probe: async () => ({ works: false, reason: 'not tried in tests' }),
  });
}

function said(events: readonly ReplyEvent[]): string {
  return events.map((event) => ('text' in event ? (event.text ?? '') : '')).join('');
}

function sound(events: readonly ReplyEvent[]) {
  return events.flatMap((event) => (event.type === 'audio-delta' ? [event] : []));
}

function sampleCount(events: readonly ReplyEvent[]): number {
  return sound(events).reduce((sum, { samples }) => sum + samples.length, 0);
}
