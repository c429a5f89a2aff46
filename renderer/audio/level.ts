/** Root mean square of a block of samples in [-1, 1]. */
export function rootMeanSquare(samples: Float32Array): number {
  if (samples.length === 0) return 0;
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return Math.sqrt(sum / samples.length);
}

const floorDecibels = -54;

/** A level as the ear takes it: 0 at -54 dBFS and below, 1 at full scale. */
export function loudness(level: number): number {
  if (level <= 0) return 0;
  return Math.min(1, Math.max(0, 1 - (20 * Math.log10(level)) / floorDecibels));
}
