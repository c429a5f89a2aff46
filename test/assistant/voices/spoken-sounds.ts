import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeWav } from '../../../engine/listen/wav-file.ts';

/** Something like a voice: a buzz with two resonances that comes and goes four times a second, and a little hiss. */
export function buzz(pitchHz: number, seconds = 3, seed = 1, sampleRate = 16_000): Float32Array {
  let state = seed * 7919 + 1;
  const noise = () => ((state = (state * 1_103_515_245 + 12_345) % 2 ** 31) / 2 ** 31 - 0.5) * 0.004;
  return Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, index) => {
    const time = index / sampleRate;
    const loud = Math.max(0, Math.sin(2 * Math.PI * 4 * time)) ** 0.5;
    let sum = 0;
    for (let harmonic = 1; harmonic * pitchHz < 3500; harmonic += 1) {
      const hz = harmonic * pitchHz;
      const gain = 1 / (1 + ((hz - 500) / 200) ** 2) + 0.5 / (1 + ((hz - 1500 - 40 * seed) / 250) ** 2);
      sum += gain * Math.sin(2 * Math.PI * hz * time + harmonic);
    }
    return 0.15 * loud * sum + noise();
  });
}

export function writeBuzz(path: string, pitchHz: number, seed = 1, seconds = 3): Uint8Array {
  const bytes = writeWav(buzz(pitchHz, seconds, seed), 16_000);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return bytes;
}
