/**
 * Speech with noise under it and the voice moved, as a stand-in for voices and rooms that training never met.
 *
 * @param warp playing speed; moves pitch and formants alike
 * @param decibels of speech over noise
 */
export function degrade(
  samples: Float32Array,
  warp: number,
  decibels: number,
  random: () => number,
): Float32Array {
  const moved = new Float32Array(Math.floor(samples.length / warp));
  for (let at = 0; at < moved.length; at++) {
    const place = at * warp;
    const before = Math.floor(place);
    const share = place - before;
    moved[at] = (samples[before] ?? 0) * (1 - share) + (samples[before + 1] ?? 0) * share;
  }
  const power = moved.reduce((sum, sample) => sum + sample * sample, 0) / moved.length;
  const level = Math.sqrt(power * 10 ** (-decibels / 10)) * Math.sqrt(3);
  let low = 0;
  return moved.map((sample) => {
    const white = 2 * random() - 1;
    low += 0.3 * (white - low);
    return sample + level * (0.6 * white + 1.2 * low);
  });
}
