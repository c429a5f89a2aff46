import { melFilters } from './mel-filters.ts';
import { RealFourier } from './real-fourier.ts';

export const melBands = 128;
const sampleRate = 16_000;
const windowSamples = 400;
const hopSamples = 160;
/** Zeros that the reference appends to every piece before the transform (spec section 6). */
const defaultPadSamples = 479;
const smallestPower = 1e-10;
/** Decades below the loudest value of the piece at which everything is cut off. */
const dynamicDecades = 8;

export interface LogMel {
  readonly bands: number;
  /** 100 a second */
  readonly frames: number;
  /** [bands, frames], row-major */
  readonly values: Float32Array;
}

const fourier = new RealFourier(windowSamples);
const filters = melFilters(melBands, windowSamples, sampleRate, sampleRate / 2);
const hann = Float64Array.from(
  { length: windowSamples },
  (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / windowSamples),
);

/**
 * The log-mel spectrogram of the Step-Audio 2 front end (spec section 6).
 *
 *     in   samples   float32 [sample]        16 kHz, mono
 *     out  values    float32 [128, frame]    100 frames/s, frame = floor((samples + padSamples) / 160)
 *
 * Keeps no state. A piece is at most 25 s: the caller splits.
 */
export function logMel(samples: Float32Array, options: { padSamples?: number } = {}): LogMel {
  const padded = padReflected(samples, options.padSamples ?? defaultPadSamples);
  const frames = Math.floor((padded.length - windowSamples) / hopSamples);
  const values = new Float32Array(melBands * frames);
  const windowed = new Float64Array(windowSamples);
  const power = new Float64Array(windowSamples / 2 + 1);
  let loudest = -Infinity;
  for (let frame = 0; frame < frames; frame += 1) {
    const start = frame * hopSamples;
    for (let i = 0; i < windowSamples; i += 1) windowed[i] = padded[start + i]! * hann[i]!;
    fourier.power(windowed, power);
    for (let band = 0; band < melBands; band += 1) {
      const { firstBin, weights } = filters[band]!;
      let sum = 0;
      for (let i = 0; i < weights.length; i += 1) sum += weights[i]! * power[firstBin + i]!;
      const decades = Math.log10(Math.max(sum, smallestPower));
      if (decades > loudest) loudest = decades;
      values[band * frames + frame] = decades;
    }
  }
  const floor = loudest - dynamicDecades;
  for (let i = 0; i < values.length; i += 1) values[i] = (Math.max(values[i]!, floor) + 4) / 4;
  return { bands: melBands, frames, values };
}

/** Half a window of mirrored samples on both sides, the mirror being the outermost sample; zeros before the right one. */
function padReflected(samples: Float32Array, zeros: number): Float64Array {
  const margin = windowSamples / 2;
  const length = samples.length + zeros;
  if (length <= margin) throw new RangeError(`log-mel needs more than ${margin} samples`);
  const padded = new Float64Array(length + 2 * margin);
  padded.set(samples, margin);
  for (let i = 1; i <= margin; i += 1) {
    padded[margin - i] = padded[margin + i]!;
    padded[margin + length - 1 + i] = padded[margin + length - 1 - i]!;
  }
  return padded;
}
