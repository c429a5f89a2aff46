import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { logMel } from '../../../engine/listen/log-mel.ts';
import { melFilters } from '../../../engine/listen/mel-filters.ts';
import { readWav } from '../../../engine/listen/wav-file.ts';
import { largestDifference, readGolden } from '../../golden/npy.ts';

const golden = (name: string) =>
  readWav(readFileSync(new URL(`../../golden/${name}`, import.meta.url))).channels[0]!;

test.each([
  ['user-16k.wav', 'logmel_0_0'],
  ['user2-16k.wav', 'logmel_1_0'],
])('the log-mel of %s equals the reference', (wav, name) => {
  const expected = readGolden(name);
  const mel = logMel(golden(wav));
  expect([mel.bands, mel.frames]).toEqual(expected.shape);
  expect(largestDifference(mel.values, expected.values)).toBeLessThan(1e-3);
});

test('without the appended zeros it equals the front end of the speech tokenizer', () => {
  const expected = readGolden('prompt_s3_logmel');
  const mel = logMel(readGolden('prompt_16k').values, { padSamples: 0 });
  expect(mel.frames).toBe(expected.shape[1]);
  expect(largestDifference(mel.values, expected.values)).toBeLessThan(1e-3);
});

test('the filter bank equals the reference', () => {
  const { shape, values } = readGolden('mel_filters_16k_128');
  const dense = new Float32Array(values.length);
  melFilters(128, 400, 16_000, 8000).forEach((filter, band) =>
    dense.set(filter.weights, band * shape[1]! + filter.firstBin),
  );
  expect(largestDifference(dense, values)).toBeLessThan(1e-6);
});

test('the number of frames follows the reference table for every length, from nothing to 25 s', () => {
  const table = JSON.parse(readFileSync(new URL('../../golden/segments.json', import.meta.url), 'utf8'));
  for (const [samples, frames] of table.token_count_table.filter((row: number[]) => row[0]! <= 48_000)) {
    expect(logMel(new Float32Array(samples)).frames).toBe(frames);
  }
});

test('silence is flat', () => {
  const { values } = logMel(new Float32Array(1600));
  expect(Math.min(...values)).toBe(Math.max(...values));
});
