import type { Intent } from './domain-grammar.ts';
import type { Frame } from './frame-acceptor.ts';
import {
  frameCandidates,
  frameOf,
  LEAST_KNOWN,
  likeliestIntents,
  type FrameCandidate,
} from './frame-choice.ts';
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

/** A frame, and what speaks for "unknown" beside it: the decoder's score and the classifier's. */
export interface ChosenFrame extends ScoredFrame {
  readonly unknown: FrameScore;
  readonly unknownLikelihood: number;
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
  const likelihoods = parts.intents.classify(transcript);
  const [exact] = matchGrammar(domain.grammar, transcript);
  if (exact) {
    const known = {
      frame: { intent: exact.intent, slots: exact.slots },
      distance: 0,
      share: 0,
      strangeValues: 0,
      likelihood: likelihoods.get(exact.intent) ?? LEAST_KNOWN,
    };
    const none = {
      frame: UNKNOWN_FRAME,
      distance: settings.frame.unknownDistance,
      share: 1,
      strangeValues: 0,
      likelihood: likelihoods.get(UNKNOWN_INTENT) ?? LEAST_KNOWN,
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
  const nearest = parts.distance.measure(transcript);
  const written: Frame[] = [];
  const add = (frame: Frame | undefined): void => {
    if (frame) written.push(frame);
    decoder.truncate(place);
  };
  add(await writer.write(transcript, domain.intents, signal));
  for (const intent of likeliestIntents(likelihoods)) {
    const near = frameOf(intent, nearest, domain);
    add(near ?? (await writer.write(transcript, only(intent, domain.intents), signal)));
  }
  const { openTypes } = parts.distance;
  const candidates = frameCandidates(written, nearest, likelihoods, domain, openTypes, settings.frame);
  const frames = candidates.map(({ frame }) => frame);
  const scores = await writer.score(frames, signal);
  return candidates.map((candidate, index) => {
    return { ...candidate, inGrammar: false, score: scores[index] as FrameScore };
  });
}

function only(name: string, intents: ReadonlyMap<string, Intent>): Map<string, Intent> {
  return new Map([...intents].filter(([intent]) => intent === name));
}

/** What the grammar means, or the frame with the best opinion of decoder, grammar and classifier together. */
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
  return { ...best, unknown: unknown.score, unknownLikelihood: unknown.likelihood };
}

function worth(
  { frame, distance, strangeValues, likelihood, score }: ScoredFrame,
  settings: RecognitionSettings['frame'],
): number {
  const far = frame.intent === UNKNOWN_INTENT ? settings.unknownDistance : distance;
  return (
    score.total +
    settings.likelihoodWeight * likelihood -
    settings.distanceWeight * far -
    settings.strangeValue * strangeValues
  );
}
