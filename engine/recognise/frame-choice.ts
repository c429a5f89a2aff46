import type { CompiledGrammar } from './compiled-grammar.ts';
import type { DomainGrammar } from './domain-grammar.ts';
import type { Frame } from './frame-acceptor.ts';
import { GrammarChart, LONGEST_SENTENCE } from './grammar-chart.ts';
import type { NearReading } from './grammar-distance.ts';
import type { RecognitionSettings } from './recognition-settings.ts';
import { spokenWords } from './spoken-words.ts';
import { UNKNOWN_INTENT } from './understanding.ts';

/** A frame with what speaks for it. */
export interface FrameCandidate {
  readonly frame: Frame;
  /** Smallest grammar distance of its intent; what "unknown" is worth for unknown. */
  readonly distance: number;
  readonly share: number;
  /** Slot values that a closed type does not list. */
  readonly strangeValues: number;
}

/** How many of the nearest intents are considered beside the decoder's own choice. */
const NEAREST = 3;

/** Distinct frames worth scoring: the decoder's, those of the nearest intents, and "unknown". */
export function frameCandidates(
  written: Frame | undefined,
  nearest: readonly NearReading[],
  domain: DomainGrammar,
  openTypes: readonly boolean[],
  settings: RecognitionSettings['frame'],
): FrameCandidate[] {
  const frames = [
    ...(written ? [written] : []),
    ...nearest.slice(0, NEAREST).filter((reading) => hasRequiredSlots(reading, domain)),
    { intent: UNKNOWN_INTENT, slots: {} },
  ];
  const distinct = new Map(
    frames.map(({ intent, slots }) => [JSON.stringify([intent, slots]), { intent, slots }]),
  );
  return [...distinct.values()].map((frame): FrameCandidate => {
    if (frame.intent === UNKNOWN_INTENT)
      return { frame, distance: settings.unknownDistance, share: 1, strangeValues: 0 };
    const near = nearest.find(({ intent }) => intent === frame.intent);
    return {
      frame,
      distance: near?.distance ?? FAR,
      share: Math.min(1, near?.share ?? 1),
      strangeValues: strangeValues(frame, domain, openTypes),
    };
  });
}

/** A sentence without any reading near it. */
const FAR = 6;

function hasRequiredSlots({ intent, slots }: NearReading, domain: DomainGrammar): boolean {
  const known = domain.intents.get(intent);
  return (
    known !== undefined && known.slots.every(({ name, required }) => !required || slots[name] !== undefined)
  );
}

function strangeValues(frame: Frame, domain: DomainGrammar, openTypes: readonly boolean[]): number {
  const { grammar, intents } = domain;
  return Object.entries(frame.slots).filter(([name, value]) => {
    const type = intents.get(frame.intent)?.slots.find((slot) => slot.name === name)?.type;
    const index = grammar.types.findIndex((candidate) => candidate.name === type);
    return index >= 0 && !openTypes[index] && !isValueOf(grammar, index, value);
  }).length;
}

/** Whether a type lists just this value. */
export function isValueOf(grammar: CompiledGrammar, type: number, value: string): boolean {
  const words = spokenWords(value);
  if (words.length > LONGEST_SENTENCE) return false;
  return (new GrammarChart(grammar, words).typeEnds(type, 0) & (1 << words.length)) !== 0;
}
