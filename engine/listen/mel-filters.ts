/** One triangle of the bank: its weights from the first bin that it touches. */
export interface MelFilter {
  readonly firstBin: number;
  readonly weights: Float64Array;
}

/**
 * Triangles on Slaney's mel scale (linear below 1 kHz, logarithmic above), each of area one in hertz.
 *
 *     power spectrum [fourierSize / 2 + 1]  ->  [bands]
 */
export function melFilters(
  bands: number,
  fourierSize: number,
  sampleRate: number,
  topHz: number,
): MelFilter[] {
  const corners = Array.from({ length: bands + 2 }, (_, i) => melToHz((hzToMel(topHz) * i) / (bands + 1)));
  const binHz = sampleRate / fourierSize;
  return Array.from({ length: bands }, (_, band) => {
    const [low, centre, high] = [corners[band]!, corners[band + 1]!, corners[band + 2]!];
    const firstBin = Math.max(0, Math.ceil(low / binHz));
    const lastBin = Math.min(fourierSize / 2, Math.floor(high / binHz));
    const weights = new Float64Array(Math.max(0, lastBin - firstBin + 1));
    for (let i = 0; i < weights.length; i += 1) {
      const hz = (firstBin + i) * binHz;
      const height = Math.max(0, Math.min((hz - low) / (centre - low), (high - hz) / (high - centre)));
      weights[i] = (height * 2) / (high - low);
    }
    return { firstBin, weights };
  });
}

const linearHzPerMel = 200 / 3;
const breakHz = 1000;
const breakMel = breakHz / linearHzPerMel;
const logStep = Math.log(6.4) / 27;

function hzToMel(hz: number): number {
  return hz < breakHz ? hz / linearHzPerMel : breakMel + Math.log(hz / breakHz) / logStep;
}

function melToHz(mel: number): number {
  return mel < breakMel ? mel * linearHzPerMel : breakHz * Math.exp(logStep * (mel - breakMel));
}
