import type { SpeechSpan } from '../listen/speech-spans.ts';

export interface PieceLimits {
  readonly sampleRate: number;
  /** Longest piece that the encoder takes. */
  readonly longestSeconds: number;
  /** Kept before and after the speech of a piece. */
  readonly marginSeconds: number;
}

/** Samples `from` to `to - 1` of the utterance. */
export interface Piece {
  readonly from: number;
  readonly to: number;
}

/**
 * Cuts speech into pieces that the encoder takes: one where it fits, otherwise at the widest silence in the later
 * half of each piece, and by force where nobody ever pauses. Silence at the ends is left out.
 */
export function speechPieces(spans: readonly SpeechSpan[], samples: number, limits: PieceLimits): Piece[] {
  const { sampleRate, longestSeconds, marginSeconds } = limits;
  const end = samples / sampleRate;
  const last = spans.at(-1);
  if (!last) return [];
  const pieces: Piece[] = [];
  const finish = Math.min(end, last.endSeconds + marginSeconds);
  let start = Math.max(0, (spans[0] as SpeechSpan).startSeconds - marginSeconds);
  while (finish - start > longestSeconds) {
    const cut =
      widestSilence(spans, start + longestSeconds / 2, start + longestSeconds) ?? start + longestSeconds;
    pieces.push({ from: Math.floor(start * sampleRate), to: Math.floor(cut * sampleRate) });
    start = cut;
  }
  pieces.push({ from: Math.floor(start * sampleRate), to: Math.ceil(finish * sampleRate) });
  return pieces;
}

/** Middle of the widest gap between spans that lies between two times. */
function widestSilence(spans: readonly SpeechSpan[], from: number, to: number): number | undefined {
  let widest = 0;
  let middle: number | undefined;
  for (let index = 1; index < spans.length; index++) {
    const begins = Math.max(from, (spans[index - 1] as SpeechSpan).endSeconds);
    const ends = Math.min(to, (spans[index] as SpeechSpan).startSeconds);
    if (ends - begins > widest) {
      widest = ends - begins;
      middle = (begins + ends) / 2;
    }
  }
  return middle;
}
