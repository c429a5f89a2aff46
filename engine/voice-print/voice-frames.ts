import { melFilters } from '../listen/mel-filters.ts';
import { RealFourier } from '../listen/real-fourier.ts';

export const FRAMES_PER_SECOND = 50;
export const CEPSTRA = 20;

const SAMPLE_RATE = 16_000;
const WINDOW_SAMPLES = 400;
const HOP_SAMPLES = SAMPLE_RATE / FRAMES_PER_SECOND;
const BANDS = 40;
const TOP_HZ = 7600;
const SMALLEST_POWER = 1e-10;

const filters = melFilters(BANDS, WINDOW_SAMPLES, SAMPLE_RATE, TOP_HZ);
const hann = Float64Array.from(
  { length: WINDOW_SAMPLES },
  (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / WINDOW_SAMPLES),
);
/** Orthonormal cosine transform, [cepstrum, band], without the constant one. */
const cosines = Array.from({ length: CEPSTRA }, (_, row) =>
  Float64Array.from(
    { length: BANDS },
    (_unused, band) => Math.sqrt(2 / BANDS) * Math.cos((Math.PI * (row + 1) * (band + 0.5)) / BANDS),
  ),
);

export interface VoiceFrames {
  readonly count: number;
  /** Mean of the log bands in decibels, one a frame. */
  readonly loudness: Float64Array;
  /** Mel cepstra 1 to 20 of decibels, [frame, 20]. */
  readonly cepstra: Float64Array;
}

/**
 * The spectrum of a recording as 20 numbers a frame.
 *
 *     in   samples   float32 [sample]   16 kHz, mono
 *     out  cepstra   [frame, 20]        50 frames/s, whole windows only
 */
export function voiceFrames(samples: Float32Array): VoiceFrames {
  const count = Math.max(0, Math.floor((samples.length - WINDOW_SAMPLES) / HOP_SAMPLES) + 1);
  const loudness = new Float64Array(count);
  const cepstra = new Float64Array(count * CEPSTRA);
  const fourier = new RealFourier(WINDOW_SAMPLES);
  const windowed = new Float64Array(WINDOW_SAMPLES);
  const power = new Float64Array(WINDOW_SAMPLES / 2 + 1);
  const bands = new Float64Array(BANDS);
  for (let frame = 0; frame < count; frame += 1) {
    const start = frame * HOP_SAMPLES;
    for (let index = 0; index < WINDOW_SAMPLES; index += 1)
      windowed[index] = samples[start + index]! * hann[index]!;
    fourier.power(windowed, power);
    let sum = 0;
    for (let band = 0; band < BANDS; band += 1) {
      const { firstBin, weights } = filters[band]!;
      let energy = 0;
      for (let bin = 0; bin < weights.length; bin += 1) energy += weights[bin]! * power[firstBin + bin]!;
      bands[band] = 10 * Math.log10(Math.max(energy, SMALLEST_POWER));
      sum += bands[band]!;
    }
    loudness[frame] = sum / BANDS;
    for (let row = 0; row < CEPSTRA; row += 1) {
      let value = 0;
      for (let band = 0; band < BANDS; band += 1) value += cosines[row]![band]! * bands[band]!;
      cepstra[frame * CEPSTRA + row] = value;
    }
  }
  return { count, loudness, cepstra };
}
