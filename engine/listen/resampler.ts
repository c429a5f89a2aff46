/**
 * Windowed-sinc resampling (spec section 6): Hann window, six zero crossings on each side, cut-off at 99 % of
 * the lower Nyquist frequency. Output n is the input at the time n / toRate; samples outside are zero.
 */
const zeroCrossings = 6;
const rolloff = 0.99;

/** The taps that make one output phase out of the inputs around it. */
interface Phase {
  /** Of the first tap, counted from the input step's first sample. */
  readonly offset: number;
  readonly taps: Float64Array;
}

/** mono samples at fromRate -> ceil(length * toRate / fromRate) samples at toRate. */
export function resample(samples: Float32Array, fromRate: number, toRate: number): Float32Array {
  const resampler = new StreamingResampler(fromRate, toRate);
  const [first, last] = [resampler.push(samples), resampler.finish()];
  const output = new Float32Array(first.length + last.length);
  output.set(first);
  output.set(last, first.length);
  return output;
}

/** The same piece by piece: what `push` and `finish` return, joined, equals `resample` of the whole. */
export class StreamingResampler {
  readonly #inputStep: number;
  readonly #phases: readonly Phase[];
  /** Inputs that later outputs still need. */
  #kept = new Float32Array(0);
  /** Index of the first kept input; negative before the start, where samples are zero. */
  #keptFrom = 0;
  #received = 0;
  #produced = 0;

  constructor(fromRate: number, toRate: number) {
    const divisor = greatestCommonDivisor(fromRate, toRate);
    this.#inputStep = fromRate / divisor;
    const unchanged = { offset: 0, taps: Float64Array.of(1) };
    this.#phases = fromRate === toRate ? [unchanged] : makePhases(this.#inputStep, toRate / divisor);
  }

  push(samples: Float32Array): Float32Array {
    const joined = new Float32Array(this.#kept.length + samples.length);
    joined.set(this.#kept);
    joined.set(samples, this.#kept.length);
    this.#received += samples.length;
    let count = 0;
    while (this.#lastInputOf(this.#produced + count) < this.#received) count += 1;
    return this.#produce(joined, count);
  }

  finish(): Float32Array {
    const total = Math.ceil((this.#received * this.#phases.length) / this.#inputStep);
    return this.#produce(this.#kept, total - this.#produced);
  }

  #produce(inputs: Float32Array, count: number): Float32Array {
    const output = new Float32Array(count);
    for (let i = 0; i < count; i += 1) {
      const { taps } = this.#phaseOf(this.#produced + i);
      const start = this.#firstInputOf(this.#produced + i) - this.#keptFrom;
      const from = Math.max(0, -start);
      const to = Math.min(taps.length, inputs.length - start);
      let sum = 0;
      for (let tap = from; tap < to; tap += 1) sum += taps[tap]! * inputs[start + tap]!;
      output[i] = sum;
    }
    this.#produced += count;
    const neededFrom = Math.max(this.#keptFrom, this.#firstInputOf(this.#produced));
    this.#kept = inputs.slice(neededFrom - this.#keptFrom);
    this.#keptFrom = neededFrom;
    return output;
  }

  #phaseOf(output: number): Phase {
    return this.#phases[output % this.#phases.length]!;
  }

  #firstInputOf(output: number): number {
    return Math.floor(output / this.#phases.length) * this.#inputStep + this.#phaseOf(output).offset;
  }

  #lastInputOf(output: number): number {
    return this.#firstInputOf(output) + this.#phaseOf(output).taps.length - 1;
  }
}

/** One phase for each of `outputStep` outputs that are made of `inputStep` inputs; steps have no common divisor. */
function makePhases(inputStep: number, outputStep: number): Phase[] {
  const cutOff = Math.min(inputStep, outputStep) * rolloff;
  const reach = (zeroCrossings * inputStep) / cutOff;
  return Array.from({ length: outputStep }, (_, phase) => {
    const centre = (phase * inputStep) / outputStep;
    const offset = Math.ceil(centre - reach);
    const taps = new Float64Array(Math.floor(centre + reach) - offset + 1);
    for (let tap = 0; tap < taps.length; tap += 1) {
      const crossings = ((offset + tap - centre) / inputStep) * cutOff;
      const window = Math.cos((crossings * Math.PI) / zeroCrossings / 2) ** 2;
      const angle = crossings * Math.PI;
      taps[tap] = (angle === 0 ? 1 : Math.sin(angle) / angle) * window * (cutOff / inputStep);
    }
    return { offset, taps };
  });
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
