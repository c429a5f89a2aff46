/**
 * How many rows the adaptor gives for `melFrames` log-mel frames of an official model (spec section 6): the encoder
 * is told that the last two frames do not count, halves twice, and the adaptor halves once more. Never below 0.
 */
export function officialAudioRows(melFrames: number): number {
  const length = melFrames - 2;
  const encoded = Math.floor(Math.floor((length + 1) / 2) / 2);
  return Math.max(0, Math.floor((encoded - 1) / 2) + 1);
}
