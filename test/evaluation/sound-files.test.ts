import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { SoundFiles } from '../../evaluation/sound-files.ts';
import { madeFolder, tone } from './made-files.ts';

/** 60 ms and a tenth of a second of 440 Hz. */
const flac = Buffer.from(
  'ZkxhQ4AAACIEgASAAAGCAAGCA+gA8AAAA8D14bo6/1G5g+eXJjgG3qHq//h1CAADv/xOAAACwAVrB+0KMgwqDcUO9uYsra+yKlwP97bwSmDuPqyAAaQiE4BEDCgEQw5SRCnMTMKSSYYUDmYVCIUs4UMyYZJJJJmULkEClMyUMKBMkoFJoaYhpkQ5mGGYFAmEySIFpLlhzJCgWBkKEKQ0CyQQIlCCBSkw4FDJkDMoflKESZlCFAoYTJQpnKf+ZhQkwCIYZnClCM8IhyFIZApDMCkzKUyIRlngRCQ4SYSkzoRCRNCoaQiE4BEDCgEQw5SRCnMTMKSSYYUDmYVCIUs4UMyYZJJJJmULkEClMyUMKBMkoFJoaYhpkQ5mGGYFAmEySIFpLlhzJCgWBkKEKQ0CyQQIlCCBSkw4FDJkDMoflKESZlCFAoYTJQpnKf+ZhQkwCIYZnClCM8IhyFIZApDMCkzKUyIRlngRCQ4SYSkzoRCRNCoaQiE4BEDCgEQw5SRCnMTMKSSYYUDmYVCIUs4UMyYZJJJJmULkEClMyUMKBMkoFJoaYhpkQ5mEFTI=',
  'base64',
);
const mp3 = Buffer.from(
  '//MoxAAM8ALRv0EYAqkAZLh//+AD4Pg+D58EInB85dLg+D4P8EOD7//D/AjsoD+sHDmIAf1gQ5kAf4EOcP9Hv6F0mHf/+icy//MoxAcN6LKQAZt4AB+C/jJgQ6bAkBYgNkOQqEHJhYD2HKTkJKl9APCq7ErldB////evbWhfBUJA1+JToNL////waF95gzgF//MoxAoPkG40AZ7oAHmBYGKYXatpq1uTGM8FGfUgZYosMZTLg5oqgAKbQOBMxjoEwiDNQ40uCwIcoaBT/b7P//pq/7t9nLMv//MoxAYN0NKYAZpoAKSw8C50xkE58RAwZNgeChU0SkCONIF+LRMFuCoieet2USpJE82/8xMEQr+BWBX+VYPqbjmLcToynMno//MoxAkOwLZAAc9IATZAymUiScnS41UpKR6WclImpcXBPGkdSugRAkKmrQoUOqoUOVJaSIKeCmxTcgrg38fxTEFNRTMuMTAw',
  'base64',
);

describe('sound files', () => {
  const sounds = new SoundFiles();
  afterAll(() => sounds.release());

  test('are read as WAV, FLAC and MP3, one after the other', async () => {
    const folder = await madeFolder({ 'a.wav': tone(), 'b.flac': flac, 'c.mp3': mp3, 'd.flac': flac });
    const lengths: number[] = [];
    for (const name of ['a.wav', 'b.flac', 'c.mp3', 'd.flac']) {
      const path = join(folder, name);
      const { samples, sampleRate } = await sounds.decode(await sounds.bytes(path), path);
      expect(sampleRate).toBe(16_000);
      expect(Math.max(...samples)).toBeGreaterThan(0.05);
      lengths.push(samples.length);
    }
    expect(lengths[1]).toBe(960);
    expect(lengths[3]).toBe(960);
    expect(lengths[2]).toBeGreaterThan(1000);
  });

  test('that are missing, empty, damaged or of another kind are named', async () => {
    const folder = await madeFolder({
      'empty.wav': '',
      'text.wav': 'no sound at all',
      'damaged.flac': flac.subarray(0, 60),
      'damaged.mp3': 'words',
    });
    const read = async (name: string): Promise<unknown> => {
      const path = join(folder, name);
      return sounds.bytes(path).then((bytes) => sounds.decode(bytes, path));
    };
    await expect(read('missing.wav')).rejects.toMatchObject({ code: 'audio-file-missing' });
    await expect(read('empty.wav')).rejects.toMatchObject({ code: 'audio-file-empty' });
    await expect(read('text.wav')).rejects.toMatchObject({ code: 'audio-file-not-wav' });
    for (const name of ['damaged.flac', 'damaged.mp3']) {
      await expect(read(name)).rejects.toMatchObject({
        code: 'audio-file-unsupported',
        details: { path: join(folder, name) },
      });
    }
  });

  test('after a damaged one are read as before', async () => {
    const { samples } = await sounds.decode(flac, 'again.flac');
    expect(samples).toHaveLength(960);
  });
});
