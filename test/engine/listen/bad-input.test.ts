import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { UserError } from '../../../contract/user-errors.ts';
import { resample } from '../../../engine/listen/resampler.ts';
import { Utterance } from '../../../engine/listen/utterance.ts';
import { channelToHear, readWav, writeWav } from '../../../engine/listen/wav-file.ts';
import { openSession, type OnnxSession } from '../../../engine/onnx/session.ts';
import { chunk, formatChunk, wave } from './wave-bytes.ts';

/** Whole files, as a person may hand them in: each is heard rightly or refused by name. */
let detector: OnnxSession;
beforeAll(async () => {
  const path = fileURLToPath(
    new URL('../../../resources/voice-activity/silero-vad-v5.onnx', import.meta.url),
  );
  detector = await openSession(path, { provider: 'cpu', threads: 1 });
});
afterAll(() => detector.release());

const recording = readFileSync(new URL('./yes-16k.wav', import.meta.url));
const word = readWav(recording).channels[0]!;

async function outcome(bytes: Uint8Array) {
  try {
    const audio = readWav(bytes);
    const samples = channelToHear(audio);
    const utterance = new Utterance(audio.sampleRate, detector);
    for (let start = 0; start < samples.length; start += audio.sampleRate) {
      await utterance.push(samples.subarray(start, start + audio.sampleRate));
    }
    return (await utterance.close()).verdict;
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
}

function stereo(left: Float32Array, right: Float32Array, rate: number): Uint8Array {
  const samples = Int16Array.from({ length: 2 * left.length }, (_, i) => {
    return 32_767 * (i % 2 === 0 ? left : right)[i >> 1]!;
  });
  return wave([formatChunk({ channels: 2, rate }), chunk('data', new Uint8Array(samples.buffer))]);
}
const at44k = resample(word, 16_000, 44_100);
const threeMinutes = new Float32Array(180 * 16_000);
for (let start = 0; start + word.length < threeMinutes.length; start += 5 * 16_000)
  threeMinutes.set(word, start);

test.each([
  ['an empty file', () => new Uint8Array(0), 'audio-file-empty'],
  ['50 ms', () => writeWav(word.subarray(5000, 5800), 16_000), 'too-short'],
  ['silence', () => writeWav(new Float32Array(48_000), 16_000), 'no-speech'],
  [
    'a clipped recording',
    () =>
      writeWav(
        word.map((sample) => sample * 30),
        16_000,
      ),
    'speech',
  ],
  ['stereo at 44.1 kHz', () => stereo(at44k, at44k, 44_100), 'speech'],
  ['stereo with a dead left channel', () => stereo(new Float32Array(at44k.length), at44k, 44_100), 'speech'],
  ['three minutes', () => writeWav(threeMinutes, 16_000), 'speech'],
  ['a truncated file', () => recording.subarray(0, 9000), 'audio-file-truncated'],
  ['a text file', () => readFileSync(fileURLToPath(import.meta.url)), 'audio-file-not-wav'],
])(
  '%s',
  async (_name, bytes, expected) => {
    expect(await outcome(bytes())).toBe(expected);
  },
  60_000,
);
