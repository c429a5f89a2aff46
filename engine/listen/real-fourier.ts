/** A pass of the transform: `radix` values at a time, `groups` of them, `stride` apart. */
interface Pass {
  readonly radix: number;
  readonly groups: number;
  readonly stride: number;
  /** cos and sin of -2 pi group * branch / (radix * groups), [groups, radix]. */
  readonly twiddleCos: Float64Array;
  readonly twiddleSin: Float64Array;
  /** cos and sin of -2 pi k / radix. */
  readonly rootCos: Float64Array;
  readonly rootSin: Float64Array;
}

/**
 * Power spectrum of real signals of any even length (400 samples are not a power of two): a Stockham transform
 * of mixed radix over half the length, in float64.
 */
export class RealFourier {
  readonly size: number;
  readonly #half: number;
  readonly #passes: readonly Pass[];
  readonly #buffers: [Float64Array, Float64Array, Float64Array, Float64Array];
  readonly #unfoldCos: Float64Array;
  readonly #unfoldSin: Float64Array;

  constructor(size: number) {
    if (size % 2 !== 0) throw new RangeError('RealFourier needs an even size');
    this.size = size;
    this.#half = size / 2;
    this.#passes = makePasses(this.#half);
    const buffer = () => new Float64Array(this.#half);
    this.#buffers = [buffer(), buffer(), buffer(), buffer()];
    [this.#unfoldCos, this.#unfoldSin] = circle(this.#half + 1, size);
  }

  /** signal [size] -> |spectrum|^2 [size / 2 + 1] */
  power(signal: Float64Array, spectrum: Float64Array): void {
    const half = this.#half;
    let [real, imaginary, nextReal, nextImaginary] = this.#buffers;
    for (let i = 0; i < half; i += 1) {
      real[i] = signal[2 * i]!;
      imaginary[i] = signal[2 * i + 1]!;
    }
    for (const pass of this.#passes) {
      runPass(pass, real, imaginary, nextReal, nextImaginary);
      [real, nextReal] = [nextReal, real];
      [imaginary, nextImaginary] = [nextImaginary, imaginary];
    }
    // Even samples went in as real parts and odd ones as imaginary parts: take the two spectra apart and join them.
    for (let k = 0; k <= half; k += 1) {
      const at = k === half ? 0 : k;
      const mirrored = k === 0 ? 0 : half - k;
      const evenReal = (real[at]! + real[mirrored]!) / 2;
      const evenImaginary = (imaginary[at]! - imaginary[mirrored]!) / 2;
      const oddReal = (imaginary[at]! + imaginary[mirrored]!) / 2;
      const oddImaginary = (real[mirrored]! - real[at]!) / 2;
      const cos = this.#unfoldCos[k]!;
      const sin = this.#unfoldSin[k]!;
      const re = evenReal + oddReal * cos - oddImaginary * sin;
      const im = evenImaginary + oddReal * sin + oddImaginary * cos;
      spectrum[k] = re * re + im * im;
    }
  }
}

function runPass(
  pass: Pass,
  real: Float64Array,
  imaginary: Float64Array,
  outReal: Float64Array,
  outImaginary: Float64Array,
): void {
  const { radix, groups, stride, twiddleCos, twiddleSin, rootCos, rootSin } = pass;
  const jump = stride * groups;
  for (let group = 0; group < groups; group += 1) {
    for (let q = 0; q < stride; q += 1) {
      const input = q + stride * group;
      const output = q + stride * radix * group;
      for (let branch = 0; branch < radix; branch += 1) {
        let re = 0;
        let im = 0;
        for (let k = 0, root = 0; k < radix; k += 1) {
          const cos = rootCos[root]!;
          const sin = rootSin[root]!;
          const x = real[input + k * jump]!;
          const y = imaginary[input + k * jump]!;
          re += x * cos - y * sin;
          im += x * sin + y * cos;
          root += branch;
          if (root >= radix) root -= radix;
        }
        const cos = twiddleCos[group * radix + branch]!;
        const sin = twiddleSin[group * radix + branch]!;
        outReal[output + branch * stride] = re * cos - im * sin;
        outImaginary[output + branch * stride] = re * sin + im * cos;
      }
    }
  }
}

function makePasses(size: number): Pass[] {
  const passes: Pass[] = [];
  let stride = 1;
  for (let rest = size; rest > 1;) {
    const radix = [4, 2, 3, 5].find((candidate) => rest % candidate === 0) ?? smallestFactor(rest);
    const groups = rest / radix;
    const twiddleCos = new Float64Array(groups * radix);
    const twiddleSin = new Float64Array(groups * radix);
    for (let group = 0; group < groups; group += 1) {
      for (let branch = 0; branch < radix; branch += 1) {
        const angle = (-2 * Math.PI * group * branch) / rest;
        twiddleCos[group * radix + branch] = Math.cos(angle);
        twiddleSin[group * radix + branch] = Math.sin(angle);
      }
    }
    const [rootCos, rootSin] = circle(radix, radix);
    passes.push({ radix, groups, stride, twiddleCos, twiddleSin, rootCos, rootSin });
    stride *= radix;
    rest = groups;
  }
  return passes;
}

/** cos and sin of -2 pi i / period for i < count. */
function circle(count: number, period: number): [Float64Array, Float64Array] {
  const angles = Float64Array.from({ length: count }, (_, i) => (-2 * Math.PI * i) / period);
  return [angles.map(Math.cos), angles.map(Math.sin)];
}

function smallestFactor(value: number): number {
  for (let factor = 7; factor * factor <= value; factor += 2) if (value % factor === 0) return factor;
  return value;
}
