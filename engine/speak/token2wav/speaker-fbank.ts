import { RealFourier } from '../../listen/real-fourier.ts';

export const FBANK_BANDS = 80;
const SAMPLE_RATE = 16_000;
const FRAME_SAMPLES = 400;
const HOP_SAMPLES = 160;
const FOURIER_SIZE = 512;
const PRE_EMPHASIS = 0.97;
const POVEY_EXPONENT = 0.85;
const LOWEST_HZ = 20;
const HIGHEST_HZ = SAMPLE_RATE / 2;
const SMALLEST_ENERGY = 1.1920929e-7;

/**
 * What the speaker model listens to: Kaldi's filter bank without dither (spec section 10).
 *
 *     in   samples   float32 [sample]       16 kHz, within +-1
 *     out  energies  float32 [frame, 80]    100 frames/s, natural log, whole frames only
 */
export function speakerFbank(samples: Float32Array): Float32Array {
  const frames =
    samples.length < FRAME_SAMPLES ? 0 : 1 + Math.floor((samples.length - FRAME_SAMPLES) / HOP_SAMPLES);
  const fourier = new RealFourier(FOURIER_SIZE);
  const power = new Float64Array(FOURIER_SIZE / 2 + 1);
  const energies = new Float32Array(frames * FBANK_BANDS);
  const triangles = melTriangles();
  for (let frame = 0; frame < frames; frame++) {
    const start = frame * HOP_SAMPLES;
    fourier.power(shapedFrame(samples.subarray(start, start + FRAME_SAMPLES)), power);
    for (let band = 0; band < FBANK_BANDS; band++) {
      let sum = 0;
      triangles[band]!.forEach((weight, bin) => (sum += weight * power[bin]!));
      energies[frame * FBANK_BANDS + band] = Math.log(Math.max(sum, SMALLEST_ENERGY));
    }
  }
  return energies;
}

/** Each band without its mean over time: what the speaker model was trained on. */
export function withoutMean(energies: Float32Array): Float32Array {
  const frames = energies.length / FBANK_BANDS;
  const means = new Float64Array(FBANK_BANDS);
  energies.forEach((value, index) => (means[index % FBANK_BANDS]! += value / frames));
  return energies.map((value, index) => value - means[index % FBANK_BANDS]!);
}

/** Mean removed, highs raised (the first sample is its own predecessor), windowed, padded to the transform's size. */
function shapedFrame(samples: Float32Array): Float64Array {
  const mean = samples.reduce((sum, value) => sum + value, 0) / FRAME_SAMPLES;
  const shaped = new Float64Array(FOURIER_SIZE);
  for (let index = 0; index < FRAME_SAMPLES; index++) {
    const before = samples[Math.max(index - 1, 0)]! - mean;
    const hann = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / (FRAME_SAMPLES - 1));
    shaped[index] = (samples[index]! - mean - PRE_EMPHASIS * before) * hann ** POVEY_EXPONENT;
  }
  return shaped;
}

/** Triangles linear in mel, evaluated at the bins' centres; the highest bin has no weight. */
function melTriangles(): Float64Array[] {
  const mel = (hz: number) => 1127 * Math.log(1 + hz / 700);
  const step = (mel(HIGHEST_HZ) - mel(LOWEST_HZ)) / (FBANK_BANDS + 1);
  return Array.from({ length: FBANK_BANDS }, (_, band) => {
    const left = mel(LOWEST_HZ) + band * step;
    return Float64Array.from({ length: FOURIER_SIZE / 2 }, (_unused, bin) => {
      const place = (mel((bin * SAMPLE_RATE) / FOURIER_SIZE) - left) / step;
      return Math.max(0, Math.min(place, 2 - place));
    });
  });
}
