import { melFilters } from '../../listen/mel-filters.ts';
import { RealFourier } from '../../listen/real-fourier.ts';
import type { MelFrames } from './mel-frames.ts';

export const PROMPT_SAMPLE_RATE = 24_000;
const WINDOW_SAMPLES = 1920;
const HOP_SAMPLES = 480;
const PADDING = (WINDOW_SAMPLES - HOP_SAMPLES) / 2;
const HIGHEST_HZ = 8000;
const SMALLEST_POWER = 1e-9;
const SMALLEST_MAGNITUDE = 1e-5;

/**
 * The mel that the flow continues and the vocoder reads (spec section 10).
 *
 *     in   samples  float32 [sample]       24 kHz
 *     out  mel      [bands, frame]         50 frames/s, natural log, frame = floor(samples / 480)
 */
export function promptMel(samples: Float32Array, bands: number): MelFrames {
  const frames = Math.floor(samples.length / HOP_SAMPLES);
  const filters = melFilters(bands, WINDOW_SAMPLES, PROMPT_SAMPLE_RATE, HIGHEST_HZ);
  const fourier = new RealFourier(WINDOW_SAMPLES);
  const power = new Float64Array(WINDOW_SAMPLES / 2 + 1);
  const windowed = new Float64Array(WINDOW_SAMPLES);
  const values = new Float32Array(bands * frames);
  for (let frame = 0; frame < frames; frame++) {
    for (let index = 0; index < WINDOW_SAMPLES; index++) {
      const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / WINDOW_SAMPLES);
      windowed[index] = hann * mirrored(samples, frame * HOP_SAMPLES + index - PADDING);
    }
    fourier.power(windowed, power);
    filters.forEach(({ firstBin, weights }, band) => {
      let sum = 0;
      weights.forEach(
        (weight, index) => (sum += weight * Math.sqrt(power[firstBin + index]! + SMALLEST_POWER)),
      );
      values[band * frames + frame] = Math.log(Math.max(sum, SMALLEST_MAGNITUDE));
    });
  }
  return { bands, frames, values };
}

/** Exactly `frames` frames: the last one repeated, or the rest cut. */
export function fitFrames(mel: MelFrames, frames: number): MelFrames {
  const values = new Float32Array(mel.bands * frames);
  for (let band = 0; band < mel.bands; band++) {
    for (let frame = 0; frame < frames; frame++) {
      values[band * frames + frame] = mel.values[band * mel.frames + Math.min(frame, mel.frames - 1)]!;
    }
  }
  return { bands: mel.bands, frames, values };
}

/** Beyond its ends the signal runs back from its outermost sample. */
function mirrored(samples: Float32Array, index: number): number {
  const last = samples.length - 1;
  const folded = index < 0 ? -index : index > last ? 2 * last - index : index;
  return samples[folded] ?? 0;
}
