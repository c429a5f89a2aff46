import type { Frame } from './frame-acceptor.ts';
import { frameCandidates, type FrameCandidate } from './frame-choice.ts';
import type { FrameScore } from './frame-writer.ts';
import { matchGrammar } from './grammar-match.ts';
import type { RecognitionSettings } from './recognition-settings.ts';
import type { StarterParts } from './starter-parts.ts';
import { UNKNOWN_INTENT } from './understanding.ts';

export const UNKNOWN_FRAME: Frame = { intent: UNKNOWN_INTENT, slots: {} };

export interface ScoredFrame extends FrameCandidate {
  /** The grammar says just this sentence and means this frame. */
  readonly inGrammar: boolean;
  readonly score: FrameScore;
}

/** A frame, and the decoder's score of "unknown" beside it. */
export interface ChosenFrame extends ScoredFrame {
  readonly unknown: FrameScore;
}

/**
 * Every frame that a transcript may stand for with its scores, "unknown" among them. Where the grammar knows the
 * sentence there is no other. The decoder must stand where a frame begins; it is left there.
 */
export async function scoreFrames(
  transcript: string,
  parts: StarterParts,
  signal: AbortSignal,
): Promise<ScoredFrame[]> {
  const { decoder, domain, writer, settings } = parts;
  const [exact] = matchGrammar(domain.grammar, transcript);
  if (exact) {
    const known = {
      frame: { intent: exact.intent, slots: exact.slots },
      distance: 0,
      share: 0,
      strangeValues: 0,
    };
    const none = {
      frame: UNKNOWN_FRAME,
      distance: settings.frame.unknownDistance,
      share: 1,
      strangeValues: 0,
    };
    const [score, unknown] = (await writer.score([known.frame, none.frame], signal)) as [
      FrameScore,
      FrameScore,
    ];
    return [
      { ...known, inGrammar: true, score },
      { ...none, inGrammar: false, score: unknown },
    ];
  }
  const place = decoder.mark();
  const written = await writer.write(transcript, signal);
  decoder.truncate(place);
  const nearest = parts.distance.measure(transcript);
  const candidates = frameCandidates(written, nearest, domain, parts.distance.openTypes, settings.frame);
  const frames = candidates.map(({ frame }) => frame);
  const scores = await writer.score(frames, signal);
  return candidates.map((candidate, index) => {
    return { ...candidate, inGrammar: false, score: scores[index] as FrameScore };
  });
}

/** What the grammar means, or the frame with the best of the decoder's and the grammar's opinion. */
export function bestFrame(
  scored: readonly ScoredFrame[],
  settings: RecognitionSettings['frame'],
): ChosenFrame {
  const ranked = scored
    .map((frame) => ({ frame, worth: frame.inGrammar ? Infinity : worth(frame, settings) }))
    .sort((a, b) => b.worth - a.worth)
    .map(({ frame }) => frame);
  const best = ranked[0] as ScoredFrame;
  const unknown = ranked.find(({ frame }) => frame.intent === UNKNOWN_INTENT) ?? best;
  return { ...best, unknown: unknown.score };
}

function worth(
  { frame, distance, strangeValues, score }: ScoredFrame,
  settings: RecognitionSettings['frame'],
): number {
  const far = frame.intent === UNKNOWN_INTENT ? settings.unknownDistance : distance;
  return score.total - settings.distanceWeight * far - settings.strangeValue * strangeValues;
}
