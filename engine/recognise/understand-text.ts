import { matchGrammar } from './grammar-match.ts';
import type { StarterParts } from './starter-parts.ts';
import { typedWords } from './typed-words.ts';
import { UNKNOWN_INTENT, type Understanding } from './understanding.ts';

/** Typed words have no acoustic doubt: the nearest sentence may be this far away, as a share of the words' weight. */
const FURTHEST_SHARE = 0.3;

type TextUnderstanding = Pick<Understanding, 'frame' | 'refusal' | 'confidence'> & {
  readonly transcript: string;
};

/** A typed turn, by the grammar and the nearest sentence; the decoder learnt to read frames from speech only. */
export function understandText(
  text: string,
  parts: Pick<StarterParts, 'domain' | 'distance'>,
): TextUnderstanding {
  const transcript = typedWords(text);
  const [exact] = matchGrammar(parts.domain.grammar, transcript);
  if (exact && exact.intent !== UNKNOWN_INTENT) {
    return { transcript, frame: exact, refusal: undefined, confidence: 1 };
  }
  const nearest = exact
    ? undefined
    : parts.distance.measure(transcript).find((reading) => isWhole(reading, parts));
  if (nearest && nearest.share <= FURTHEST_SHARE) {
    return { transcript, frame: nearest, refusal: undefined, confidence: 1 - nearest.share };
  }
  return {
    transcript,
    frame: { intent: UNKNOWN_INTENT, slots: {} },
    refusal: 'out-of-domain',
    confidence: 0,
  };
}

function isWhole(
  reading: { intent: string; slots: Readonly<Record<string, string>> },
  parts: Pick<StarterParts, 'domain'>,
): boolean {
  const slots = parts.domain.intents.get(reading.intent)?.slots ?? [];
  return slots.every(({ name, required }) => !required || reading.slots[name] !== undefined);
}
