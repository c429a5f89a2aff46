/** Mel frames, 50 a second: float32 [band, frame], one band after the other. */
export interface MelFrames {
  readonly bands: number;
  readonly frames: number;
  readonly values: Float32Array;
}

/** Frames `from` (inclusive) to `to` (exclusive). */
export function sliceFrames(mel: MelFrames, from: number, to: number): MelFrames {
  const frames = to - from;
  const values = new Float32Array(mel.bands * frames);
  for (let band = 0; band < mel.bands; band++) {
    const row = band * mel.frames;
    values.set(mel.values.subarray(row + from, row + to), band * frames);
  }
  return { bands: mel.bands, frames, values };
}

/** Frames of `first`, then of `second`. */
export function joinFrames(first: MelFrames, second: MelFrames): MelFrames {
  const frames = first.frames + second.frames;
  const values = new Float32Array(first.bands * frames);
  for (let band = 0; band < first.bands; band++) {
    values.set(first.values.subarray(band * first.frames, (band + 1) * first.frames), band * frames);
    const rest = second.values.subarray(band * second.frames, (band + 1) * second.frames);
    values.set(rest, band * frames + first.frames);
  }
  return { bands: first.bands, frames, values };
}

export function silentFrames(bands: number, frames: number): MelFrames {
  return { bands, frames, values: new Float32Array(bands * frames) };
}
