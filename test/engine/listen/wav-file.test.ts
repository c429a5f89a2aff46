import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserError } from '../../../contract/user-errors.ts';
import { channelToHear, readWav, writeWav } from '../../../engine/listen/wav-file.ts';
import { chunk, formatChunk, join, wave } from './wave-bytes.ts';

const codeOf = (bytes: Uint8Array) => {
  try {
    readWav(bytes);
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
  return 'read';
};

test('16-bit PCM that was written is read back the same', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -32768, max: 32767 }), { minLength: 1 }), (integers) => {
      const samples = Float32Array.from(integers, (value) => value / 32768);
      const audio = readWav(writeWav(samples, 22_050));
      expect(audio.sampleRate).toBe(22_050);
      expect(audio.channels).toEqual([samples]);
    }),
  );
});

test.each([
  ['8-bit', 1, 8, [0, 128, 255], [-1, 0, 127 / 128]],
  ['16-bit', 1, 16, [0x00, 0x80, 0, 0, 0xff, 0x7f], [-1, 0, 32767 / 32768]],
  ['24-bit', 1, 24, [0, 0, 0x80, 0xff, 0xff, 0xff, 1, 0, 0x40], [-1, -1 / 8388608, 0.5 + 1 / 8388608]],
  ['32-bit', 1, 32, [0, 0, 0, 0x80, 0, 0, 0, 0x40], [-1, 0.5]],
  ['float', 3, 32, [...new Uint8Array(new Float32Array([0.25, -0.5]).buffer)], [0.25, -0.5]],
  ['double', 3, 64, [...new Uint8Array(new Float64Array([0.25, -0.5]).buffer)], [0.25, -0.5]],
  ['mu-law', 7, 8, [0xff, 0x80, 0x00], [0, 32124 / 32768, -32124 / 32768]],
  ['A-law', 6, 8, [0xd5, 0xaa, 0x2a], [8 / 32768, 32256 / 32768, -32256 / 32768]],
])('%s samples are scaled to [-1, 1]', (_name, tag, bits, data, expected) => {
  const { channels } = readWav(wave([formatChunk({ tag, bits }), chunk('data', data)]));
  expect([...channels[0]!].map((value) => value.toFixed(6))).toEqual(
    expected.map((value) => value.toFixed(6)),
  );
});

test('channels are taken apart', () => {
  const data = [1, 0, 2, 0, 3, 0, 4, 0];
  const { channels } = readWav(wave([formatChunk({ channels: 2, rate: 44_100 }), chunk('data', data)]));
  expect(channels.map((channel) => [...channel].map((value) => value * 32768))).toEqual([
    [1, 3],
    [2, 4],
  ]);
});

test('the first channel is heard, unless it is dead and another is not', () => {
  const [dead, alive] = [new Float32Array(3), Float32Array.of(0, 0.5, 0)];
  expect(channelToHear({ sampleRate: 1, channels: [alive, dead] })).toBe(alive);
  expect(channelToHear({ sampleRate: 1, channels: [dead, alive] })).toBe(alive);
  expect(channelToHear({ sampleRate: 1, channels: [dead, dead] })).toBe(dead);
});

test('an extensible header, odd chunks with padding and chunks before and after the data are understood', () => {
  const bytes = wave([
    chunk('LIST', [1, 2, 3]),
    formatChunk({ tag: 1, extensible: true, bits: 24 }),
    chunk('fact', [9]),
    chunk('data', [0, 0, 0x40]),
    chunk('bext', [1]),
  ]);
  expect(readWav(bytes).channels).toEqual([Float32Array.of(0.5)]);
});

test.each([0xffff_ffff, 0x7fff_ffff, 0x8000_0000, 0x7fff_f000])(
  'the size %i that a recorder writing to a pipe leaves means "to the end"',
  (size) => {
    const bytes = wave([
      formatChunk({}),
      chunk('data', [0, 0x40, 0, 0x20, 7, 7], { declared: size }),
    ]).subarray(0, -1);
    expect(readWav(bytes).channels).toEqual([Float32Array.of(0.5, 0.25)]);
  },
);

test('a header that its recorder never finished still gives the samples', () => {
  const bytes = wave([formatChunk({}), chunk('data', [0, 0x40], { declared: 0 })], { declared: 0 });
  expect(readWav(bytes).channels).toEqual([Float32Array.of(0.5)]);
});

test('damaged floats become silence or full scale, never NaN', () => {
  const data = [...new Uint8Array(new Float32Array([NaN, Infinity, -3]).buffer)];
  const { channels } = readWav(wave([formatChunk({ tag: 3, bits: 32 }), chunk('data', data)]));
  expect(channels).toEqual([Float32Array.of(0, 1, -1)]);
});

test.each([
  ['an empty file', new Uint8Array(0), 'audio-file-empty'],
  ['a file without samples', wave([formatChunk({}), chunk('data', [])]), 'audio-file-empty'],
  ['a text file', new TextEncoder().encode('This is not a sound at all, only words.'), 'audio-file-not-wav'],
  ['a few bytes', Uint8Array.of(82, 73), 'audio-file-not-wav'],
  ['an MP3 file', Uint8Array.of(0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 0, 0, 0), 'audio-file-not-wav'],
  ['an AVI file', join([new TextEncoder().encode('RIFF....AVI LIST')]), 'audio-file-not-wav'],
  ['a bare header', wave([]), 'audio-file-truncated'],
  ['a file cut inside its format', wave([formatChunk({})]).subarray(0, 30), 'audio-file-truncated'],
  [
    'a file cut inside its samples',
    writeWav(new Float32Array(100), 8000).subarray(0, 100),
    'audio-file-truncated',
  ],
  ['a big-endian file', new TextEncoder().encode('RIFX0000WAVEfmt '), 'audio-file-unsupported'],
  ['ADPCM', wave([formatChunk({ tag: 2, bits: 4 }), chunk('data', [1, 2])]), 'audio-file-unsupported'],
  ['no channels', wave([formatChunk({ channels: 0 }), chunk('data', [1, 2])]), 'audio-file-unsupported'],
  ['a rate of nothing', wave([formatChunk({ rate: 0 }), chunk('data', [1, 2])]), 'audio-file-unsupported'],
  ['zero bits', wave([formatChunk({ bits: 0 }), chunk('data', [1, 2])]), 'audio-file-unsupported'],
])('%s is refused by name', (_name, bytes, code) => {
  expect(codeOf(bytes)).toBe(code);
});

test('whatever bytes come, they are read or refused by name', () => {
  const valid = writeWav(
    Float32Array.from({ length: 50 }, (_, i) => Math.sin(i)),
    16_000,
  );
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { maxLength: 8 }),
      fc.nat(valid.length),
      (changes, length) => {
        const bytes = valid.slice(0, length);
        for (const [at, value] of changes) if (at < length) bytes[at] = value;
        expect(codeOf(bytes)).toMatch(/^(read|audio-file-.*)$/);
      },
    ),
    { numRuns: 1000 },
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (tail) => {
      expect(codeOf(join([new TextEncoder().encode('RIFF    WAVE'), tail]))).toMatch(
        /^(read|audio-file-.*)$/,
      );
    }),
  );
});

test('a reference recording is read with its rate and length', () => {
  const audio = readWav(readFileSync(new URL('../../golden/user-48k.wav', import.meta.url)));
  expect([audio.sampleRate, audio.channels.length, audio.channels[0]!.length]).toEqual([48_000, 1, 43_200]);
});
