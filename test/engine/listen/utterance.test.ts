import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSession, type OnnxSession } from '../../../engine/onnx/session.ts';
import { resample } from '../../../engine/listen/resampler.ts';
import { Utterance } from '../../../engine/listen/utterance.ts';
import { VoiceActivity } from '../../../engine/listen/voice-activity.ts';
import { readWav } from '../../../engine/listen/wav-file.ts';

const resources = fileURLToPath(new URL('../../../resources', import.meta.url));
let detector: OnnxSession;
beforeAll(async () => {
  const settings = { provider: 'cpu', threads: 1 } as const;
  detector = await openSession(`${resources}/voice-activity/silero-vad-v5.onnx`, settings);
});
afterAll(() => detector.release());

const spoken = readWav(readFileSync(new URL('./yes-16k.wav', import.meta.url))).channels[0]!;
const noise = (length: number, level: number) => {
  let state = 7;
  return Float32Array.from({ length }, () => {
    state = (state * 16_807) % 2_147_483_647;
    return level * (state / 1_073_741_823.5 - 1);
  });
};

async function listen(samples: Float32Array, sampleRate = 16_000, block = 1600) {
  const utterance = new Utterance(sampleRate, detector);
  for (let start = 0; start < samples.length; start += block) {
    await utterance.push(samples.subarray(start, start + block));
  }
  return { utterance, summary: await utterance.close() };
}

test('a spoken word is heard as speech, and where it lies', async () => {
  const { utterance, summary } = await listen(spoken);
  expect(summary.verdict).toBe('speech');
  expect(summary.samples).toEqual(spoken);
  expect(summary.speechSeconds).toBeGreaterThan(0.2);
  expect(utterance.speechSpans[0]!.startSeconds).toBeGreaterThan(0.1);
});

test.each([44_100, 48_000, 8000])('it is heard at %i Hz as well', async (sampleRate) => {
  const { summary } = await listen(resample(spoken, 16_000, sampleRate), sampleRate, 1111);
  expect(summary.verdict).toBe('speech');
  expect(summary.samples.length).toBeCloseTo(spoken.length, -1);
});

test.each([
  ['silence', new Float32Array(32_000)],
  ['noise', noise(32_000, 0.3)],
  ['a tone', Float32Array.from({ length: 32_000 }, (_, i) => 0.5 * Math.sin(i / 6))],
])('%s is not speech', async (_name, samples) => {
  expect((await listen(samples)).summary).toMatchObject({ verdict: 'no-speech', speechSeconds: 0 });
});

test('50 ms and nothing at all are too short', async () => {
  expect((await listen(noise(800, 0.3))).summary.verdict).toBe('too-short');
  expect((await listen(new Float32Array(0))).summary).toMatchObject({
    verdict: 'too-short',
    durationSeconds: 0,
    clippedShare: 0,
  });
});

test('samples at full scale are counted, and broken ones do no harm', async () => {
  const samples = noise(3200, 0.5);
  samples.fill(1, 0, 800);
  samples.fill(NaN, 800, 1600);
  const { summary } = await listen(samples);
  expect(summary.clippedShare).toBeCloseTo(0.5);
  expect(summary.samples.every(Number.isFinite)).toBe(true);
});

test('the size of the pieces changes nothing', async () => {
  const whole = (await listen(spoken, 16_000, spoken.length)).utterance.speechProbabilities;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 60, max: 5000 }), async (block) => {
      const { utterance } = await listen(spoken, 16_000, block);
      expect(utterance.speechProbabilities).toEqual(whole);
    }),
    { numRuns: 8 },
  );
});

test('pieces pushed without waiting are kept in order', async () => {
  const utterance = new Utterance(16_000, detector);
  const pushes: Promise<unknown>[] = [];
  for (let start = 0; start < spoken.length; start += 500) {
    pushes.push(utterance.push(spoken.subarray(start, start + 500)));
  }
  const summary = await utterance.close();
  await Promise.all(pushes);
  expect(summary.samples).toEqual(spoken);
  expect(utterance.speechProbabilities).toEqual((await listen(spoken)).utterance.speechProbabilities);
});

test('the level is the root mean square of the block', async () => {
  const utterance = new Utterance(16_000, detector);
  expect((await utterance.push(new Float32Array(160).fill(0.25))).level).toBeCloseTo(0.25);
  expect((await utterance.push(new Float32Array(160))).level).toBe(0);
  await utterance.close();
});

test('more than five minutes are refused, and so is sound after the end', async () => {
  const utterance = new Utterance(1000, detector);
  await expect(utterance.push(new Float32Array(300_001))).rejects.toMatchObject({
    code: 'audio-too-long',
    details: { limitSeconds: 300 },
  });
  const first = await utterance.close();
  expect(await utterance.close()).toBe(first);
  await expect(utterance.push(new Float32Array(1))).rejects.toMatchObject({ code: 'bad-request' });
  expect(() => new Utterance(0, detector)).toThrow('bad-request');
});

test('a reset detector hears like a new one', async () => {
  const activity = new VoiceActivity(detector);
  const first = [...(await activity.push(spoken)), ...(await activity.finish())];
  activity.reset();
  expect([...(await activity.push(spoken)), ...(await activity.finish())]).toEqual(first);
});
