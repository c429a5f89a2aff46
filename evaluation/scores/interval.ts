/** Bounds of a figure, both in its own unit. */
export type Interval = readonly [low: number, high: number];

const DRAWS = 1000;
/** 95 % of a normal distribution lie within so many standard deviations. */
const NORMAL_95 = 1.959963984540054;

/**
 * 95 % interval of a ratio of sums, from drawing its parts anew (Bisani and Ney 2004). The draws are the same each time.
 *
 * @param parts numerator and denominator of each utterance
 */
export function resampledInterval(parts: readonly (readonly [number, number])[]): Interval {
  if (parts.length === 0) return [0, 0];
  const random = seededRandom(1);
  const ratios = Array.from({ length: DRAWS }, () => {
    let over = 0;
    let under = 0;
    for (let drawn = 0; drawn < parts.length; drawn += 1) {
      const [numerator, denominator] = parts[Math.floor(random() * parts.length)]!;
      over += numerator;
      under += denominator;
    }
    return over / Math.max(1, under);
  }).sort((a, b) => a - b);
  return [ratios[Math.floor(0.025 * DRAWS)]!, ratios[Math.ceil(0.975 * DRAWS) - 1]!];
}

/** 95 % interval of a share of counted things (Wilson 1927); [0, 1] where nothing was counted. */
export function shareInterval(right: number, all: number): Interval {
  if (all === 0) return [0, 1];
  const share = right / all;
  const z2 = NORMAL_95 ** 2;
  const middle = (share + z2 / (2 * all)) / (1 + z2 / all);
  const half = (NORMAL_95 / (1 + z2 / all)) * Math.sqrt((share * (1 - share)) / all + z2 / (4 * all * all));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** Uniform in [0, 1); the same sequence for the same seed (xorshift, Marsaglia 2003). */
function seededRandom(seed: number): () => number {
  let state = seed * 2654435761 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}
