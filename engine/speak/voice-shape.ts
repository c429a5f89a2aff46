import { resample } from '../listen/resampler.ts';

/** What lies this far below the loudest block counts as silence: the hiss of an f is some 30 dB below a vowel. */
const silenceRatio = 10 ** (-40 / 20);
const quietest = 10 ** (-75 / 20);
const blockMs = 5;
/** Left before the first sound, so that it does not start with a click. */
const leadMs = 20;
const longestFadeMs = 40;

/** Cuts the silence that the synthesiser puts around a clause, leaves `tailMs` after the last sound. */
export function trimSilence(samples: Float32Array, sampleRate: number, tailMs: number): Float32Array {
  const inSamples = (milliseconds: number) => Math.round((sampleRate * milliseconds) / 1000);
  const block = inSamples(blockMs);
  const levels = Array.from({ length: Math.ceil(samples.length / block) }, (_, index) =>
    rootMeanSquare(samples.subarray(index * block, (index + 1) * block)),
  );
  const threshold = Math.max(
    quietest,
    silenceRatio * levels.reduce((most, level) => Math.max(most, level), 0),
  );
  const first = levels.findIndex((level) => level >= threshold);
  if (first < 0) return new Float32Array(0);
  const from = Math.max(0, first * block - inSamples(leadMs));
  const end = Math.min(samples.length, (levels.findLastIndex((level) => level >= threshold) + 1) * block);
  const trimmed = new Float32Array(end - from + inSamples(tailMs));
  // What still sounds after the last loud block fades out into the pause.
  const fade = Math.min(samples.length - end, inSamples(Math.min(tailMs, longestFadeMs)));
  trimmed.set(samples.subarray(from, end + fade));
  for (let i = 0; i < fade; i += 1) trimmed[end - from + i]! *= 1 - (i + 1) / fade;
  return trimmed;
}

function rootMeanSquare(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length));
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
