import { SAMPLES_PER_FRAME, type ExcitationNoise } from './excitation.ts';
import { joinFrames, sliceFrames, type MelFrames } from './mel-frames.ts';
import type { Vocoder } from './vocoder.ts';

const OVERLAP_FRAMES = 8;
const OVERLAP_SAMPLES = OVERLAP_FRAMES * SAMPLES_PER_FRAME;

interface Tail {
  readonly mel: MelFrames;
  readonly source: Float32Array;
  readonly samples: Float32Array;
}

/**
 * Mel to sound piece by piece: the last frames of a piece are vocoded again with the next one, the excitation goes
 * on, and the two versions are cross-faded. What may still change is held back until the next piece or the end.
 */
export class WaveStream {
  readonly #vocoder: Vocoder;
  readonly #noise: ExcitationNoise;
  #tail: Tail | undefined;

  constructor(vocoder: Vocoder, noise?: ExcitationNoise) {
    this.#vocoder = vocoder;
    this.#noise = noise;
  }

  /** Returns the samples that are settled, 24 kHz. */
  async push(mel: MelFrames, isLast: boolean, signal: AbortSignal): Promise<Float32Array> {
    const tail = this.#tail;
    const whole = tail ? joinFrames(tail.mel, mel) : mel;
    const known = tail?.source ?? new Float32Array();
    const { samples, source } = await this.#vocoder.vocode(whole, known, signal, this.#noise);
    if (tail) crossFade(tail.samples, samples);
    const keptFrames = Math.min(OVERLAP_FRAMES, whole.frames);
    const settled = isLast ? samples.length : samples.length - keptFrames * SAMPLES_PER_FRAME;
    this.#tail = isLast
      ? undefined
      : {
          mel: sliceFrames(whole, whole.frames - keptFrames, whole.frames),
          source: source.slice(settled),
          samples: samples.slice(settled),
        };
    return samples.subarray(0, settled);
  }
}

/** The beginning of `next` becomes a mixture that starts as `before`; a Hamming window, whose halves keep a floor. */
function crossFade(before: Float32Array, next: Float32Array): void {
  const length = Math.min(before.length, next.length);
  for (let index = 0; index < length; index++) {
    next[index] = next[index]! * hamming(index) + before[index]! * hamming(OVERLAP_SAMPLES + index);
  }
}

/** The symmetric window over twice the overlap: its first half fades in, its second half out. */
export function hamming(index: number): number {
  return 0.54 - 0.46 * Math.cos((2 * Math.PI * index) / (2 * OVERLAP_SAMPLES - 1));
}
