import { expect, test } from 'vitest';
import { TimeStretch } from '../../../../engine/speak/token2wav/time-stretch.ts';

const tone = Float32Array.from(
  { length: 48_000 },
  (_, at) => 0.5 * Math.sin((2 * Math.PI * 180 * at) / 24_000),
);

function stretched(rate: number, pieceSamples: number): Float32Array {
  const stretch = new TimeStretch(rate);
  const made: number[] = [];
  for (let at = 0; at < tone.length; at += pieceSamples) {
    made.push(...stretch.push(tone.slice(at, at + pieceSamples)));
  }
  made.push(...stretch.finish());
  return Float32Array.from(made);
}

test.each([0.5, 0.8, 1.25, 2])('at rate %f a sound lasts as much longer or shorter', (rate) => {
  const { length } = stretched(rate, 24_000);
  expect(Math.abs(length - tone.length / rate)).toBeLessThan(0.05 * tone.length);
});

test('the pitch stays', () => {
  const crossings = (samples: Float32Array) =>
    samples.filter((sample, at) => at > 0 && sample >= 0 && samples[at - 1]! < 0).length / samples.length;
  const fast = stretched(1.5, 24_000).slice(2000, 28_000);
  expect(Math.abs(crossings(fast) / crossings(tone) - 1)).toBeLessThan(0.02);
});

test('loudness stays, without gaps', () => {
  const slow = stretched(0.7, 24_000).slice(1000, -2000);
  for (let at = 0; at + 480 <= slow.length; at += 480) {
    const peak = slow.subarray(at, at + 480).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    expect(peak).toBeGreaterThan(0.4);
    expect(peak).toBeLessThan(0.55);
  }
});

test('pieces of any size give the same sound', () => {
  const whole = stretched(1.3, tone.length);
  expect(stretched(1.3, 5760)).toEqual(whole);
  expect(stretched(1.3, 777)).toEqual(whole);
});

test('at its own rate nothing is touched', () => {
  expect(new TimeStretch(1).push(tone)).toBe(tone);
});
