import { expect, test } from 'vitest';
import { loudness, rootMeanSquare } from '../../../renderer/audio/level.ts';
import { PreRollRing } from '../../../renderer/audio/pre-roll-ring.ts';
import { joinSamples } from '../../../renderer/audio/samples.ts';

test('the ring keeps at least the wanted time and drops what is older', () => {
  const ring = new PreRollRing(100, 1000);
  for (let block = 0; block < 20; block += 1) ring.push(new Float32Array(30).fill(block));
  const kept = ring.take();
  const samples = joinSamples(kept);
  expect(samples.length).toBe(120);
  expect(samples[0]).toBe(16);
  expect(samples.at(-1)).toBe(19);
  expect(ring.take()).toEqual([]);
});

test('before enough has come, the ring keeps everything', () => {
  const ring = new PreRollRing(300, 48_000);
  ring.push(new Float32Array(960));
  expect(joinSamples(ring.take()).length).toBe(960);
});

test('loudness follows the ear: silence is 0, full scale is 1, halves are even steps', () => {
  expect(loudness(0)).toBe(0);
  expect(loudness(1)).toBe(1);
  expect(loudness(0.5) - loudness(0.25)).toBeCloseTo(loudness(0.25) - loudness(0.125), 6);
  expect(rootMeanSquare(new Float32Array([0.5, -0.5]))).toBeCloseTo(0.5, 6);
});
