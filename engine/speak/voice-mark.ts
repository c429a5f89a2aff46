/** The mark repeats after so many samples. */
const PERIOD = 4096;
/** Of the level around it: 34 dB below the voice, under what masks it. */
const HIDDEN_SHARE = 0.02;
const ENVELOPE_MS = 20;
const TONE_HZ = 1760;
const TONE_MS = 90;
const TONE_LEVEL = 0.05;
const TONE_GAP_MS = 60;
const SEED = 0x5077;
/** In spreads of what chance gives; a sound without the mark stays below 6. */
const CERTAIN = 7;

/** Plus and minus one by a fixed rule, the same for every mark (a shift register of 31 bits). */
const chips: Float32Array = (() => {
  let state = SEED;
  return Float32Array.from({ length: PERIOD }, () => {
    for (let step = 0; step < 7; step += 1) {
      const bit = ((state >>> 30) ^ (state >>> 27)) & 1;
      state = ((state << 1) | bit) & 0x7fff_ffff;
    }
    return (state & 1) === 1 ? 1 : -1;
  });
})();

/**
 * Tells that speech was made by a machine: audibly with a short soft tone before it, or inaudibly with a noise that
 * follows the loudness of the voice 34 dB below it and repeats every 4096 samples. The hidden mark is found again by
 * adding up the periods of a few seconds (`hiddenMark`); it survives a change of loudness and 16-bit files, but not
 * another sample rate, strong compression or somebody who wants it gone.
 */
export class VoiceMark {
  readonly #sampleRate: number;
  #at = 0;
  #level = 0;

  constructor(sampleRate: number) {
    this.#sampleRate = sampleRate;
  }

  /** Goes on where the piece before ended. */
  hide(samples: Float32Array): Float32Array {
    const keep = Math.exp(-1000 / (ENVELOPE_MS * this.#sampleRate));
    return samples.map((sample) => {
      this.#level = Math.max(Math.abs(sample), this.#level * keep);
      const marked = sample + HIDDEN_SHARE * this.#level * chips[this.#at % PERIOD]!;
      this.#at += 1;
      return Math.max(-1, Math.min(1, marked));
    });
  }

  /** The tone, a short pause, then what is said. */
  announce(samples: Float32Array): Float32Array {
    const tone = Math.round((this.#sampleRate * TONE_MS) / 1000);
    const gap = Math.round((this.#sampleRate * TONE_GAP_MS) / 1000);
    const output = new Float32Array(tone + gap + samples.length);
    for (let at = 0; at < tone; at += 1) {
      const swell = Math.sin((Math.PI * at) / tone) ** 2;
      output[at] = TONE_LEVEL * swell * Math.sin((2 * Math.PI * TONE_HZ * at) / this.#sampleRate);
    }
    output.set(samples, tone + gap);
    return output;
  }
}

/** Whether a sound carries the hidden mark, and how far the sign of it stands out of chance. */
export function hiddenMark(samples: Float32Array): { readonly found: boolean; readonly strength: number } {
  const folded = new Float64Array(PERIOD);
  let previous = 0;
  let level = 0;
  samples.forEach((sample, at) => {
    // Differences flatten the voice's spectrum, and dividing by the level keeps loud moments from drowning the rest.
    const step = sample - previous;
    previous = sample;
    level = Math.max(Math.abs(sample), level * 0.997);
    if (level > 1e-4) folded[at % PERIOD]! += step / level;
  });
  const steps = chips.map((chip, at) => chip - chips[(at + PERIOD - 1) % PERIOD]!);
  const scores = Float64Array.from({ length: PERIOD }, (_, shift) => {
    let sum = 0;
    for (let at = 0; at < PERIOD; at += 1) sum += folded[(at + shift) % PERIOD]! * steps[at]!;
    return sum;
  });
  const mean = scores.reduce((sum, score) => sum + score, 0) / PERIOD;
  const spread = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / PERIOD);
  const strength =
    spread === 0 ? 0 : scores.reduce((most, score) => Math.max(most, score - mean), 0) / spread;
  return { found: strength > CERTAIN, strength };
}
