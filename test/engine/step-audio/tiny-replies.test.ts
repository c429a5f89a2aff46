import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Engine, ReplyEvent, ReplyRequest } from '../../../contract/engine-contract.ts';
import { SPEECH_FOLDER } from '../../../engine/convert/speech-parts.ts';
import { readWav } from '../../../engine/listen/wav-file.ts';
import { LocalEngine } from '../../../engine/local-engine.ts';
import { startEngine } from '../../../engine/process/engine-client.ts';
import { fliteWasmPath, sourcePaths, voiceDetectorPath } from '../../../engine/process/engine-paths.ts';
import { OwnVoice } from '../../../engine/speak/token2wav/own-voice.ts';
import { goldenFolder, hasGoldenFolder } from '../../golden/golden-folder.ts';
import { never, processor, scratchFolder } from '../tiny-model.ts';
import { tinySpeakingPackage } from './tiny-speaking-model.ts';

// Processes start slowly on a busy machine.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const recording = join(goldenFolder, 'inputs', 'prompt.wav');
const STEPS = 90;

interface Reply {
  readonly events: readonly ReplyEvent[];
  readonly text: string;
  readonly samples: Float32Array;
  readonly end: Extract<ReplyEvent, { type: 'end' }>;
}

async function ask(engine: Engine, changes: Partial<ReplyRequest> = {}, signal = never): Promise<Reply> {
  const request: ReplyRequest = {
    task: 'converse',
    spoken: true,
    messages: [
      { role: 'system', content: [{ text: 'S' }] },
      { role: 'human', content: [{ utteranceId: 'u' }] },
    ],
    tools: [],
    voiceId: 'golden',
    recording,
    sampling: { temperature: 0, maxNewTokens: STEPS },
    ...changes,
  };
  const events: ReplyEvent[] = [];
  for await (const event of engine.reply(request, signal)) events.push(event);
  const samples = events.flatMap((event) => (event.type === 'audio-delta' ? [...event.samples] : []));
  const text = events.flatMap((event) => ('text' in event ? [event.text ?? ''] : [])).join('');
  return {
    events,
    text,
    samples: Float32Array.from(samples),
    end: events.at(-1) as Reply['end'],
  };
}

async function loaded(engine: Engine, packageFolder: string): Promise<Engine> {
  const voice = { voiceId: 'golden', recording };
  for await (const event of engine.load({ packageFolder, provider: 'cpu', threads: 1, voice }, never)) {
    if (event.type === 'ready') expect(event.speeds?.speechPerSecond).toBeGreaterThan(0);
  }
  const { channels } = readWav(readFileSync(join(goldenFolder, 'inputs', 'user-16k.wav')));
  await engine.openUtterance({ utteranceId: 'u', sampleRate: 16_000 }, never);
  await engine.pushAudio({ utteranceId: 'u', samples: channels[0]! }, never);
  await engine.closeUtterance({ utteranceId: 'u' }, never);
  return engine;
}

const localEngine = (voicesFolder?: string) =>
  new LocalEngine({
    voiceActivityModel: voiceDetectorPath(sourcePaths.resources()),
    lightVoiceProgram: fliteWasmPath(),
    voicesFolder,
    probe: async () => ({ works: false, reason: 'not tried in tests' }),
  });

describe.runIf(hasGoldenFolder)('a tiny checkpoint of the official layout', () => {
  let engine: Engine;
  let spoken: Reply;
  let folder: string;
  let voices: ReturnType<typeof scratchFolder>;
  let dispose: () => void;

  beforeAll(async () => {
    ({ folder, dispose } = await tinySpeakingPackage());
    voices = scratchFolder();
    engine = await loaded(localEngine(voices.folder), folder);
    spoken = await ask(engine);
  });
  afterAll(async () => {
    await engine.dispose();
    voices.dispose();
    dispose();
  });

  test('answers a recording with words and sound, and says how it went', () => {
    expect(spoken.text).not.toBe('');
    expect(spoken.samples.length).toBeGreaterThan(24_000);
    expect(spoken.samples.every((sample) => Math.abs(sample) <= 1)).toBe(true);
    expect(['length', 'end-token']).toContain(spoken.end.stopReason);
    expect(spoken.end.tokens!.length).toBeLessThanOrEqual(STEPS);
    expect(spoken.end.timings).toMatchObject({ promptPositions: expect.any(Number) as number });
  });

  test('speaks while it writes as it would speak all of it afterwards', async () => {
    const first = 459;
    const codes = spoken.end.tokens!.map((id) => id - first).filter((code) => code >= 0 && code < 6561);
    expect(spoken.samples).toHaveLength(codes.length * 960);
    const options = { folder: join(folder, SPEECH_FOLDER), session: processor, checkpointId: 'other' };
    const voice = await OwnVoice.open(options);
    const settings = { speakingRate: 1, seed: 0 };
    const made = voice.speak(readFileSync(recording), givenOut(codes), settings, never);
    const whole = Float32Array.from((await Array.fromAsync(made)).flatMap((piece) => [...piece]));
    await voice.release();
    expect(whole).toEqual(spoken.samples);
  });

  test('repeats itself to the sample, from what it remembers of the prompt', async () => {
    const again = await ask(engine);
    expect(again.samples).toEqual(spoken.samples);
    expect(again.end.tokens).toEqual(spoken.end.tokens);
    expect(again.end.timings['computedPositions']).toBe(1);
  });

  test('goes on from a spoken turn as it would have been told all at once', async () => {
    const messages: ReplyRequest['messages'] = [
      { role: 'system', content: [{ text: 'S' }] },
      { role: 'human', content: [{ utteranceId: 'u' }] },
      { role: 'assistant', content: [{ spokenTokens: spoken.end.tokens! }] },
      { role: 'human', content: [{ text: 'And then?' }] },
    ];
    await ask(engine);
    const remembered = await ask(engine, { messages, spoken: false });
    expect(remembered.end.timings['computedPositions']).toBeLessThan(40);
    await ask(engine, { task: 'transcribe', spoken: false });
    expect((await ask(engine, { messages, spoken: false })).end.timings['computedPositions']).toBe(1);
    await ask(engine, { messages: [{ role: 'human', content: [{ text: 'Q' }] }], spoken: false });
    const anew = await ask(engine, { messages, spoken: false });
    expect(anew.end.timings['computedPositions']).toBeGreaterThan(100);
    expect(anew.text).toBe(remembered.text);
  });

  test('samples by its seed', async () => {
    const sampling = { maxNewTokens: 12, temperature: 1, seed: 5 };
    const first = await ask(engine, { sampling, spoken: false });
    expect((await ask(engine, { sampling, spoken: false })).text).toBe(first.text);
    expect((await ask(engine, { sampling: { ...sampling, seed: 6 }, spoken: false })).text).not.toBe(
      first.text,
    );
  });

  test('transcribes with a confidence', async () => {
    const { events } = await ask(engine, { task: 'transcribe', spoken: false });
    expect(events[0]).toMatchObject({ type: 'heard', transcript: expect.any(String) as string });
    expect(events.map(({ type }) => type)).toEqual(['heard', 'end']);
  });

  test('keeps a voice by the content of its recording', async () => {
    expect(readdirSync(voices.folder).filter((name) => name.endsWith('.voice'))).toHaveLength(1);
    const light = await ask(engine, { voiceId: 'flite-rms', recording: undefined });
    expect(readdirSync(voices.folder)).toHaveLength(2);
    expect(light.end.tokens).toEqual(spoken.end.tokens);
    expect(light.samples).not.toEqual(spoken.samples);
    await expect(ask(engine, { recording: '/nowhere.wav' })).rejects.toMatchObject({ code: 'voice-missing' });
  });

  test('speaks faster when asked to', async () => {
    const { samples } = await ask(engine, { speakingRate: 1.5 });
    expect(samples.length / spoken.samples.length).toBeCloseTo(1 / 1.5, 1);
  });

  test('gives the same in a process of its own, with the voice in a thread of its own', async () => {
    const other = await startEngine({ voicesFolder: voices.folder });
    try {
      await loaded(other, folder);
      const reply = await ask(other);
      expect(reply.samples).toEqual(spoken.samples);
      expect(reply.text).toBe(spoken.text);

      const controller = new AbortController();
      const request = ask(other, { sampling: { maxNewTokens: 2000 } }, controller.signal);
      setTimeout(() => controller.abort(new Error('enough')), 200);
      await expect(request).rejects.toThrow('enough');
      expect((await ask(other)).samples).toEqual(spoken.samples);
      await expect(ask(other, { recording: '/nowhere.wav' })).rejects.toMatchObject({
        code: 'voice-missing',
      });
      await other.unload(never);
    } finally {
      await other.dispose();
    }
  });
});

async function* givenOut<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}
