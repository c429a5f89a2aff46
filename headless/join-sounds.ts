import type { MonoSound } from '../assistant/sound-file.ts';

/** The pieces of one reply as one sound; undefined when there are none. All pieces have the same rate. */
export function joinSounds(pieces: readonly MonoSound[]): MonoSound | undefined {
  const first = pieces[0];
  if (!first) return undefined;
  const samples = new Float32Array(pieces.reduce((sum, piece) => sum + piece.samples.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    if (piece.sampleRate !== first.sampleRate)
      throw new Error(`A reply changes from ${first.sampleRate} to ${piece.sampleRate} Hz.`);
    samples.set(piece.samples, offset);
    offset += piece.samples.length;
  }
  return { samples, sampleRate: first.sampleRate };
}
