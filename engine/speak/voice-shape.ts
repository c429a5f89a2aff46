import { resample } from '../listen/resampler.ts';

const quietest = 10 ** (-45 / 20);
const blockMs = 5;
/** Left before the first sound, so that it does not start with a click. */
const leadMs = 15;

/** Cuts the silence that the synthesiser puts around a clause, leaves `tailMs` after the last sound. */
export function trimSilence(samples: Float32Array, sampleRate: number, tailMs: number): Float32Array {
  const block = Math.round((sampleRate * blockMs) / 1000);
  let first = -1;
  let last = -1;
  for (let start = 0; start < samples.length; start += block) {
    let squares = 0;
    const end = Math.min(samples.length, start + block);
    for (let i = start; i < end; i += 1) squares += samples[i]! ** 2;
    if (Math.sqrt(squares / (end - start)) < quietest) continue;
    if (first < 0) first = start;
    last = end;
  }
  if (first < 0) return new Float32Array(0);
  const from = Math.max(0, first - Math.round((sampleRate * leadMs) / 1000));
  const trimmed = new Float32Array(last - from + Math.round((sampleRate * tailMs) / 1000));
  // What still sounds after the last loud block fades out into the pause.
  const fade = Math.min(samples.length, last + block * 8);
  trimmed.set(samples.subarray(from, Math.min(fade, from + trimmed.length)));
  for (let i = last; i < fade && i - from < trimmed.length; i += 1) {
    trimmed[i - from]! *= 1 - (i - last) / (fade - last);
  }
  return trimmed;
}

/**
 * Makes the speaker's throat longer (above 1) or shorter. Pitch falls and duration grows by the same factor: the
 * caller asks the synthesiser for the opposite beforehand.
 */
export function stretchTract(samples: Float32Array, sampleRate: number, factor: number): Float32Array {
  const hundreds = Math.round(sampleRate / factor / 100) * 100;
  return hundreds === sampleRate ? samples : resample(samples, hundreds, sampleRate);
}

/** A slow wavering of loudness, as in old voices. */
export function tremble(samples: Float32Array, sampleRate: number, depth: number): Float32Array {
  const tremorHz = 5.2;
  return samples.map(
    (sample, i) => sample * (1 - (depth / 2) * (1 + Math.sin((2 * Math.PI * tremorHz * i) / sampleRate))),
  );
}

/** Scales, and bends what would pass full scale back below it. */
export function amplify(samples: Float32Array, gain: number): Float32Array {
  const knee = 0.8;
  return samples.map((sample) => {
    const scaled = sample * gain;
    const magnitude = Math.abs(scaled);
    if (magnitude <= knee) return scaled;
    return Math.sign(scaled) * (knee + (1 - knee) * Math.tanh((magnitude - knee) / (1 - knee)));
  });
}
