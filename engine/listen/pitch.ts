const lowestHz = 60;
const highestHz = 500;
const windowMs = 40;
/** Depth of the dip that counts as a period: smaller is stricter. */
const dipThreshold = 0.15;

/**
 * Fundamental frequency of one piece of voice by the difference function normalised by its running mean (the YIN
 * method).
 *
 * @param samples at `start`: two windows of 40 ms are looked at
 * @returns Hz, or undefined when the piece has no clear period
 */
export function pitchAt(samples: Float32Array, start: number, sampleRate: number): number | undefined {
  const window = Math.round((sampleRate * windowMs) / 1000);
  const shortest = Math.floor(sampleRate / highestHz);
  const longest = Math.ceil(sampleRate / lowestHz);
  if (start < 0 || start + window + longest > samples.length) return undefined;
  const normalised = new Float64Array(longest + 1).fill(1);
  let sum = 0;
  for (let lag = 1; lag <= longest; lag += 1) {
    let difference = 0;
    for (let i = start; i < start + window; i += 1) {
      const step = samples[i]! - samples[i + lag]!;
      difference += step * step;
    }
    sum += difference;
    normalised[lag] = sum === 0 ? 1 : (difference * lag) / sum;
  }
  for (let lag = Math.max(2, shortest); lag < longest; lag += 1) {
    if (normalised[lag]! >= dipThreshold) continue;
    while (lag + 1 < longest && normalised[lag + 1]! < normalised[lag]!) lag += 1;
    return sampleRate / (lag + dipOffset(normalised, lag));
  }
  return undefined;
}

/** Where the parabola through a dip and its neighbours is lowest, -0.5 to 0.5 lags from the dip. */
function dipOffset(values: Float64Array, lag: number): number {
  const [before, at, after] = [values[lag - 1]!, values[lag]!, values[lag + 1]!];
  const bend = before - 2 * at + after;
  return bend <= 0 ? 0 : Math.max(-0.5, Math.min(0.5, (before - after) / (2 * bend)));
}
