import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pitchAt } from '../../../engine/listen/pitch.ts';
import { measureSpeech } from '../../../engine/listen/speech-measures.ts';
import { countSyllables, speechTags } from '../../../engine/listen/speech-tags.ts';

const rate = 16_000;
/** A buzz rich in overtones, like a voice. */
const buzz = (hz: number, seconds: number, level: number) =>
  Float32Array.from({ length: Math.round(seconds * rate) }, (_, i) => {
    let sum = 0;
    for (let harmonic = 1; harmonic * hz < 3500 && harmonic <= 12; harmonic += 1) {
      sum += Math.sin((2 * Math.PI * hz * harmonic * i) / rate + harmonic) / harmonic;
    }
    return (level * sum) / 1.5;
  });
const noise = (samples: number, level: number) => {
  let state = 3;
  return Float32Array.from({ length: samples }, () => {
    state = (state * 16_807) % 2_147_483_647;
    return level * (state / 1_073_741_823.5 - 1);
  });
};
const second = { startSeconds: 0.5, endSeconds: 1.5 };
/** Half a second of background, a second of buzz, half a second of background. */
function scene(hz: number, level: number, noiseLevel: number): Float32Array {
  const samples = noise(2 * rate, noiseLevel);
  buzz(hz, 1, level).forEach((value, i) => (samples[rate / 2 + i]! += value));
  return samples;
}

test('the pitch of any voice between 70 and 400 Hz is found within two percent', () => {
  fc.assert(
    fc.property(fc.double({ min: 70, max: 400, noNaN: true }), (hz) => {
      const { pitchHz, voicedShare } = measureSpeech(scene(hz, 0.3, 0.001), [second]);
      expect(Math.abs(pitchHz! / hz - 1)).toBeLessThan(0.02);
      expect(voicedShare).toBeGreaterThan(0.9);
    }),
    { numRuns: 40 },
  );
});

test('noise and silence have no pitch', () => {
  expect(pitchAt(noise(4000, 0.5), 0, 8000)).toBeUndefined();
  expect(pitchAt(new Float32Array(4000), 0, 8000)).toBeUndefined();
  expect(measureSpeech(noise(2 * rate, 0.3), [second]).pitchHz).toBeUndefined();
});

test('twice the amplitude is six decibels more, for the voice and for the background', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.01, max: 0.4, noNaN: true }), (level) => {
      const once = measureSpeech(scene(150, level, 0.002), [second]);
      const twice = measureSpeech(scene(150, 2 * level, 0.004), [second]);
      expect(twice.speechDecibels - once.speechDecibels).toBeCloseTo(6.02, 1);
      expect(twice.backgroundDecibels - once.backgroundDecibels).toBeCloseTo(6.02, 1);
      expect(twice.pitchHz).toBeCloseTo(once.pitchHz!, 0);
    }),
    { numRuns: 20 },
  );
});

test('clipping is counted', () => {
  const samples = scene(150, 0.3, 0.001);
  samples.fill(1, 0, samples.length / 10);
  expect(measureSpeech(samples, [second]).clippedShare).toBeCloseTo(0.1, 2);
});

test('an empty recording has measures too', () => {
  expect(measureSpeech(new Float32Array(0), [])).toEqual({
    speechSeconds: 0,
    pitchHz: undefined,
    voicedShare: 0,
    speechDecibels: -100,
    backgroundDecibels: -100,
    clippedShare: 0,
  });
  expect(speechTags(measureSpeech(new Float32Array(0), []))).toEqual([]);
});

test('tags name where a measure lies, and are surer far from a border', () => {
  const tag = (name: string, hz: number, level: number, noiseLevel: number, syllables?: number) =>
    speechTags(measureSpeech(scene(hz, level, noiseLevel), [second]), syllables).find(
      (one) => one.name === name,
    )!;
  expect(tag('pitch', 95, 0.3, 0.001)).toMatchObject({ value: 'low', source: 'signal' });
  expect(tag('pitch', 260, 0.3, 0.001).value).toBe('high');
  expect(tag('pitch', 95, 0.3, 0.001).confidence).toBeGreaterThan(tag('pitch', 128, 0.3, 0.001).confidence);
  expect(tag('loudness', 150, 0.005, 0.0001).value).toBe('quiet');
  expect(tag('loudness', 150, 0.1, 0.001).value).toBe('normal');
  expect(tag('loudness', 150, 0.5, 0.001).value).toBe('loud');
  expect(tag('background', 150, 0.3, 0.001).value).toBe('quiet');
  expect(tag('background', 150, 0.1, 0.1).value).toBe('noisy');
  expect(tag('speed', 150, 0.3, 0.001, 7)).toMatchObject({ value: 'fast', measure: { amount: 7 } });
  expect(tag('speed', 150, 0.3, 0.001, 4).value).toBe('normal');
  expect(tag('speed', 150, 0.3, 0.001)).toMatchObject({ value: 'unsure', confidence: 0 });
});

test('syllables are the vowels among the phones', () => {
  expect(countSyllables('W AH T T AY M IH Z IH T'.split(' '))).toBe(4);
});

test('three minutes are measured quickly', () => {
  const samples = noise(180 * rate, 0.1);
  const started = performance.now();
  measureSpeech(samples, [{ startSeconds: 0, endSeconds: 180 }]);
  expect(performance.now() - started).toBeLessThan(10_000);
});
