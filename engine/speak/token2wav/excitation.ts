const round = Math.fround;
const SAMPLE_RATE = 24_000;
/** 24 kHz samples a mel frame. */
export const SAMPLES_PER_FRAME = 480;
const FRAMES_PER_SAMPLE = round(1 / SAMPLES_PER_FRAME);
const SINE_AMPLITUDE = 0.1;
const VOICED_NOISE = 0.003;
const VOICED_ABOVE_HZ = 10;

/** How the harmonics are mixed into one excitation: weights and bias before a tanh. */
export interface HarmonicMix {
  readonly weights: Float32Array;
  readonly bias: number;
}

/** Standard normal numbers, [sample, harmonic]; undefined = none. */
export type ExcitationNoise = ((samples: number, harmonics: number) => Float32Array) | undefined;

/**
 * The vocoder's excitation: sines at the pitch and its harmonics where there is voice, noise elsewhere. Phases are
 * summed by frame and interpolated to samples between the frames' centres. Two roundings of the models' own code are
 * part of what it computes and kept: that of the turns a sample takes, and that of a sample's place among the frames,
 * which shifts every phase alike. Everything else is computed in double precision.
 *
 *     in   pitch   Hz per frame
 *     out  float32 [480 * frames], 24 kHz
 */
export function excitation(pitch: Float32Array, mix: HarmonicMix, noise: ExcitationNoise): Float32Array {
  const samples = pitch.length * SAMPLES_PER_FRAME;
  const harmonics = mix.weights.length;
  const drawn = noise?.(samples, harmonics);
  const sum = new Float64Array(samples).fill(mix.bias);
  for (let harmonic = 0; harmonic < harmonics; harmonic++) {
    const phases = framePhases(pitch, harmonic + 1);
    const weight = mix.weights[harmonic]!;
    for (let sample = 0; sample < samples; sample++) {
      const voiced = pitch[Math.floor(sample / SAMPLES_PER_FRAME)]! > VOICED_ABOVE_HZ;
      const sine = voiced ? Math.sin(interpolated(phases, sample)) * SINE_AMPLITUDE : 0;
      const amount = voiced ? VOICED_NOISE : SINE_AMPLITUDE / 3;
      sum[sample]! += weight * (sine + (drawn ? amount * drawn[sample * harmonics + harmonic]! : 0));
    }
  }
  return Float32Array.from(sum, Math.tanh);
}

/** Phase at each frame in radians, already multiplied by the samples of a frame. */
function framePhases(pitch: Float32Array, harmonic: number): Float64Array {
  const phases = new Float64Array(pitch.length);
  let turns = 0;
  for (let frame = 0; frame < pitch.length; frame++) {
    const perSample = round(round(pitch[frame]! * harmonic) / SAMPLE_RATE);
    turns += round(perSample - Math.floor(perSample));
    phases[frame] = turns * 2 * Math.PI * SAMPLES_PER_FRAME;
  }
  return phases;
}

function interpolated(phases: Float64Array, sample: number): number {
  const place = Math.max(0, round((sample + 0.5) * FRAMES_PER_SAMPLE - 0.5));
  const before = Math.min(Math.floor(place), phases.length - 1);
  const after = Math.min(before + 1, phases.length - 1);
  return phases[before]! + (phases[after]! - phases[before]!) * (place - before);
}
