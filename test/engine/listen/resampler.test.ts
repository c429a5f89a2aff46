import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { resample, StreamingResampler } from '../../../engine/listen/resampler.ts';
import { readWav } from '../../../engine/listen/wav-file.ts';
import { largestDifference, readGolden } from '../../golden/npy.ts';

test.each([
  ['user-48k.wav', 'resample_to_16k'],
  ['prompt.wav', 'prompt_16k'],
])('%s resampled to 16 kHz equals the reference', (wav, name) => {
  const { sampleRate, channels } = readWav(readFileSync(new URL(`../../golden/${wav}`, import.meta.url)));
  const resampled = resample(channels[0]!, sampleRate, 16_000);
  expect(largestDifference(resampled, readGolden(name).values)).toBeLessThan(1e-5);
});

test('samples pushed in pieces of any size give exactly what the whole gives', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(8000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000, 96_000, 12_345),
      fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 12 }),
      (fromRate, sizes) => {
        const whole = noise(sizes.reduce((sum, size) => sum + size, 0));
        const streaming = new StreamingResampler(fromRate, 16_000);
        const pieces: number[] = [];
        let start = 0;
        for (const size of sizes) {
          pieces.push(...streaming.push(whole.subarray(start, start + size)));
          start += size;
        }
        pieces.push(...streaming.finish());
        expect(Float32Array.from(pieces)).toEqual(resample(whole, fromRate, 16_000));
        expect(pieces.length).toBe(Math.ceil((whole.length * 16_000) / fromRate));
      },
    ),
    { numRuns: 60 },
  );
});

test.each([8000, 44_100, 48_000, 192_000])(
  'a tone at %i Hz keeps its frequency and its level',
  (fromRate) => {
    const tone = (rate: number) =>
      Float32Array.from({ length: rate / 4 }, (_, i) => Math.sin((2 * Math.PI * 1000 * i) / rate));
    const [actual, expected] = [resample(tone(fromRate), fromRate, 16_000), tone(16_000)];
    const middle = [1000, 3000] as const;
    expect(largestDifference(actual.slice(...middle), expected.slice(...middle))).toBeLessThan(0.01);
  },
);

test('what lies above the new Nyquist frequency is removed', () => {
  const high = Float32Array.from({ length: 48_000 }, (_, i) => Math.sin((2 * Math.PI * 12_000 * i) / 48_000));
  const rest = resample(high, 48_000, 16_000).slice(1000, -1000);
  expect(Math.max(...rest.map(Math.abs))).toBeLessThan(0.01);
});

function noise(length: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length }, () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 1_073_741_823.5 - 1;
  });
}
