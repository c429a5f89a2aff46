import fc from 'fast-check';
import { expect, test } from 'vitest';
import { amplify, stretchTract, tremble, trimSilence } from '../../../engine/speak/voice-shape.ts';

const rate = 16_000;
const tone = (seconds: number, level: number) =>
  Float32Array.from({ length: seconds * rate }, (_, i) => level * Math.sin((2 * Math.PI * 300 * i) / rate));
function between(before: number, sound: Float32Array, after: number): Float32Array {
  const samples = new Float32Array(Math.round((before + after) * rate) + sound.length);
  samples.set(sound, Math.round(before * rate));
  return samples;
}

test('silence around a sound is cut to a short lead and the pause asked for, however quiet the sound', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      fc.double({ min: 0, max: 0.5, noNaN: true }),
      fc.double({ min: 0.001, max: 1, noNaN: true }),
      fc.integer({ min: 10, max: 400 }),
      (before, after, level, tailMs) => {
        const trimmed = trimSilence(between(before, tone(0.3, level), after), rate, tailMs);
        const seconds = trimmed.length / rate - tailMs / 1000;
        expect(seconds).toBeGreaterThan(0.29);
        expect(seconds).toBeLessThan(0.34);
        expect(Math.max(...trimmed)).toBeCloseTo(level, 2);
        expect(Math.abs(trimmed.at(-1)!)).toBeLessThan(0.02 * level);
      },
    ),
    { numRuns: 50 },
  );
});

test('a weak hiss before a vowel is kept', () => {
  const word = between(0, tone(0.5, 0.3), 0);
  word.subarray(0, 0.1 * rate).set(tone(0.1, 0.01));
  expect(trimSilence(between(0.2, word, 0.2), rate, 10).length).toBeGreaterThan(0.5 * rate);
});

test('nothing but silence becomes nothing', () => {
  expect(trimSilence(new Float32Array(8000), rate, 100)).toHaveLength(0);
  expect(trimSilence(new Float32Array(0), rate, 100)).toHaveLength(0);
});

test('a longer throat stretches the sound and lowers it by the same factor', () => {
  const longer = stretchTract(tone(1, 0.5), rate, 1.25);
  expect(longer.length / rate).toBeCloseTo(1.25, 2);
  expect(crossings(longer) / longer.length).toBeCloseTo(crossings(tone(1, 0.5)) / rate / 1.25, 3);
  const same = tone(0.1, 0.5);
  expect(stretchTract(same, rate, 1)).toBe(same);
});

test('amplifying scales, keeps the order of loudness, and never passes full scale', () => {
  const ramp = Float32Array.from({ length: 200 }, (_, i) => i / 100 - 1);
  fc.assert(
    fc.property(fc.double({ min: 0, max: 20, noNaN: true }), (gain) => {
      const louder = amplify(ramp, gain);
      expect(Math.max(...louder.map(Math.abs))).toBeLessThanOrEqual(1);
      for (let i = 1; i < louder.length; i += 1) expect(louder[i]!).toBeGreaterThanOrEqual(louder[i - 1]!);
    }),
  );
  expect(amplify(Float32Array.of(0.2), 3)[0]).toBeCloseTo(0.6);
});

test('a tremor makes the sound waver and never louder', () => {
  const steady = new Float32Array(rate).fill(0.5);
  const wavering = tremble(steady, rate, 0.2);
  expect(Math.max(...wavering)).toBeLessThanOrEqual(0.5);
  expect(Math.min(...wavering)).toBeCloseTo(0.4, 2);
});

function crossings(samples: Float32Array): number {
  return samples.reduce((count, x, i) => count + (i > 0 && x * samples[i - 1]! < 0 ? 1 : 0), 0);
}
