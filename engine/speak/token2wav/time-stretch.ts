import { SPOKEN_SAMPLE_RATE } from './speech-maker.ts';

/** Pieces of sound that are laid over each other, and how far one may be moved to fit the one before. */
const FRAME_SAMPLES = Math.round(0.03 * SPOKEN_SAMPLE_RATE);
const HOP_SAMPLES = FRAME_SAMPLES / 2;
const SEARCH_SAMPLES = Math.round(0.008 * SPOKEN_SAMPLE_RATE);
/** Every so many samples are compared: enough to find the pitch period. */
const COMPARE_STEP = 4;
const SLOWEST = 0.5;
const FASTEST = 2;

/**
 * Faster or slower speech at the same pitch: overlap-add of frames, each taken where it continues the one before best
 * (the WSOLA method). A rate of 1 passes the samples through.
 *
 *     in   samples  float32, 24 kHz
 *     out  samples  float32, 24 kHz, about 1 / rate as many
 */
export class TimeStretch {
  readonly #rate: number;
  #waiting: Float32Array = new Float32Array();
  /** Where the next frame would begin in `waiting` if nothing had to fit, may be fractional. */
  #place = 0;
  /** How the sound would go on after the last frame, and that frame's second half, fading. */
  #natural: Float32Array | undefined;
  #tail: Float32Array = new Float32Array(HOP_SAMPLES);

  constructor(rate: number) {
    this.#rate = Math.max(SLOWEST, Math.min(FASTEST, rate));
  }

  push(samples: Float32Array): Float32Array {
    if (this.#rate === 1) return samples;
    this.#waiting = joined([this.#waiting, samples]);
    const made: Float32Array[] = [];
    while (this.#place + SEARCH_SAMPLES + FRAME_SAMPLES + HOP_SAMPLES <= this.#waiting.length)
      made.push(this.#next());
    this.#forget();
    return joined(made);
  }

  /** The rest, which has nothing after it to be fitted to. */
  finish(): Float32Array {
    if (this.#rate === 1) return new Float32Array();
    const rest = this.#waiting.slice(Math.min(Math.round(this.#place), this.#waiting.length));
    this.#waiting = new Float32Array();
    if (!this.#natural) return rest;
    const ending = new Float32Array(Math.max(rest.length, HOP_SAMPLES));
    ending.set(rest);
    for (let index = 0; index < HOP_SAMPLES; index++) {
      ending[index] = ending[index]! * fadeIn(index) + this.#tail[index]!;
    }
    return ending;
  }

  #next(): Float32Array {
    const start = this.#natural ? this.#bestStart(this.#natural) : Math.round(this.#place);
    const frame = this.#waiting.subarray(start, start + FRAME_SAMPLES);
    const made = new Float32Array(HOP_SAMPLES);
    for (let index = 0; index < HOP_SAMPLES; index++) {
      const rising = this.#natural ? fadeIn(index) : 1;
      made[index] = frame[index]! * rising + this.#tail[index]!;
    }
    this.#tail = frame.slice(HOP_SAMPLES).map((value, index) => value * (1 - fadeIn(index)));
    this.#natural = this.#waiting.slice(start + HOP_SAMPLES, start + HOP_SAMPLES + FRAME_SAMPLES);
    this.#place += HOP_SAMPLES * this.#rate;
    return made;
  }

  /** The start near the place at which the sound is most like its natural continuation. */
  #bestStart(natural: Float32Array): number {
    const around = Math.round(this.#place);
    let best = around;
    let most = -Infinity;
    for (let start = Math.max(0, around - SEARCH_SAMPLES); start <= around + SEARCH_SAMPLES; start++) {
      let likeness = 0;
      for (let index = 0; index < HOP_SAMPLES; index += COMPARE_STEP) {
        likeness += natural[index]! * this.#waiting[start + index]!;
      }
      if (likeness > most) [best, most] = [start, likeness];
    }
    return best;
  }

  /** Drops what no later frame can begin in. */
  #forget(): void {
    const unused = Math.max(0, Math.floor(this.#place) - SEARCH_SAMPLES);
    this.#waiting = this.#waiting.slice(unused);
    this.#place -= unused;
  }
}

/** A squared sine: with its mirror image it adds up to 1. */
function fadeIn(index: number): number {
  return Math.sin((Math.PI * (index + 0.5)) / (2 * HOP_SAMPLES)) ** 2;
}

function joined(pieces: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
