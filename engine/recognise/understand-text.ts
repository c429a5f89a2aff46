import { bestFrame, scoreFrames, UNKNOWN_FRAME } from './frame-ranking.ts';
import { NO_AUDIO, standBeforeFrame } from './starter-prompt.ts';
import type { StarterParts } from './starter-parts.ts';
import { typedWords } from './typed-words.ts';
import { UNKNOWN_INTENT, type Understanding } from './understanding.ts';

/** Typed words have no acoustic doubt; beyond this share of their weight the nearest sentence is another one. */
const FURTHEST_SHARE = 0.6;

type TextUnderstanding = Pick<Understanding, 'frame' | 'refusal' | 'confidence'> & {
  readonly transcript: string;
};

/** A typed turn: read by the grammar, or by the decoder and the nearest sentences, as a spoken one without sound. */
export async function understandText(
  text: string,
  parts: StarterParts,
  signal: AbortSignal,
): Promise<TextUnderstanding> {
  const transcript = typedWords(text);
  const unknown: TextUnderstanding = {
    transcript,
    frame: UNKNOWN_FRAME,
    refusal: 'out-of-domain',
    confidence: 0,
  };
  if (transcript === '') return unknown;
  await standBeforeFrame(transcript, NO_AUDIO, parts, signal);
  const chosen = bestFrame(await scoreFrames(transcript, parts, signal), parts.settings.frame);
  const certainty = chosen.score.intent - chosen.unknown.intent;
  const understood = chosen.inGrammar || (chosen.share <= FURTHEST_SHARE && certainty > 0);
  if (chosen.frame.intent === UNKNOWN_INTENT || !understood) return unknown;
  return {
    transcript,
    frame: chosen.frame,
    refusal: undefined,
    confidence: chosen.inGrammar ? 1 : 1 - chosen.share,
  };
}
