import { bestFrame, scoreFrames, UNKNOWN_FRAME } from './frame-ranking.ts';
import { NO_AUDIO, standBeforeFrame } from './starter-prompt.ts';
import type { StarterParts } from './starter-parts.ts';
import { typedWords } from './typed-words.ts';
import { UNKNOWN_INTENT, type Understanding } from './understanding.ts';

/** Typed words have no acoustic doubt; beyond this share of their weight the nearest sentence is another one. */
const FURTHEST_SHARE = 0.6;
/** A classifier as sure as this needs no near sentence; natural log-probability. */
const SURE = Math.log(0.8);

type TextUnderstanding = Pick<Understanding, 'frame' | 'refusal' | 'confidence'> & {
  readonly transcript: string;
};

/** A typed turn: read by the grammar, or by decoder, nearest sentences and classifier, as a spoken one without sound. */
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
  const certainty =
    chosen.score.intent - chosen.unknown.intent + chosen.likelihood - chosen.unknownLikelihood;
  const near = chosen.share <= FURTHEST_SHARE || chosen.likelihood >= SURE;
  const understood = chosen.inGrammar || (near && certainty > 0);
  if (chosen.frame.intent === UNKNOWN_INTENT || !understood) return unknown;
  return {
    transcript,
    frame: chosen.frame,
    refusal: undefined,
    confidence: chosen.inGrammar ? 1 : Math.max(1 - chosen.share, Math.exp(chosen.likelihood)),
  };
}
