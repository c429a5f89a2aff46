import { expect, test } from 'vitest';
import { recordingQuality } from '../../../engine/voice-print/recording-quality.ts';
import { VOICE_PRINT_LENGTH, voicePrint } from '../../../engine/voice-print/voice-print.ts';
import { buzz } from '../../assistant/voices/spoken-sounds.ts';

const distance = (a: Int8Array, b: Int8Array) =>
  Math.sqrt(a.reduce((sum, value, at) => sum + (value - b[at]!) ** 2, 0));

test('a print has the pitch, and two takes of one voice are nearer than two voices', () => {
  const low = voicePrint(buzz(110, 3, 1), 16_000);
  const lowAgain = voicePrint(buzz(112, 4, 1), 16_000);
  const high = voicePrint(buzz(220, 3, 6), 16_000);
  expect(low.vector).toHaveLength(VOICE_PRINT_LENGTH);
  expect(low.pitchHz).toBeGreaterThan(105);
  expect(low.pitchHz).toBeLessThan(116);
  expect(distance(low.vector, lowAgain.vector)).toBeLessThan(distance(low.vector, high.vector));
});

test('silence and the shortest of sounds have a print too', () => {
  expect(voicePrint(new Float32Array(16_000), 16_000).pitchHz).toBeUndefined();
  expect(voicePrint(new Float32Array(10), 16_000).vector).toHaveLength(VOICE_PRINT_LENGTH);
});

test('a recording is told when it is short, clipped, noisy or quiet', () => {
  const good = recordingQuality(buzz(150, 8), 16_000);
  expect(good.problems).toEqual([]);
  expect(recordingQuality(buzz(150, 2), 16_000).problems).toContain('too-short');
  const loud = buzz(150, 8).map((sample) => Math.max(-1, Math.min(1, sample * 20)));
  expect(recordingQuality(loud, 16_000).problems).toContain('clipped');
  const noisy = buzz(150, 8).map((sample) => sample + (Math.random() - 0.5) * 0.2);
  expect(recordingQuality(noisy, 16_000).problems).toContain('noisy');
  expect(
    recordingQuality(
      buzz(150, 8).map((sample) => sample * 0.005),
      16_000,
    ).problems,
  ).toContain('too-quiet');
});
