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
  /** Natural log-probability of its intent by the classifier. */
  readonly likelihood: number;
}

/** How many of the nearest and of the likeliest intents are considered beside the decoder's own choice. */
const NEAREST = 3;
const LIKELIEST = 3;
/** Intents that the classifier thinks less likely are not considered for its sake. */
const LEAST_LIKELIHOOD = -3;

/** The intents that the classifier speaks for, likeliest first. */
export function likeliestIntents(likelihoods: ReadonlyMap<string, number>): string[] {
  return [...likelihoods]
    .filter(([intent, likelihood]) => intent !== UNKNOWN_INTENT && likelihood >= LEAST_LIKELIHOOD)
    .sort(([, one], [, other]) => other - one)
    .slice(0, LIKELIEST)
    .map(([intent]) => intent);
}

/** The frame of an intent with the slots of its nearest sentence; undefined where a required slot has no words. */
export function frameOf(
  intent: string,
  nearest: readonly NearReading[],
  domain: DomainGrammar,
): Frame | undefined {
  const slots = nearest.find((reading) => reading.intent === intent)?.slots ?? {};
  return hasRequiredSlots({ intent, slots }, domain) ? { intent, slots } : undefined;
}

/** Distinct frames worth scoring: the written ones, those of the nearest intents, and "unknown". */
export function frameCandidates(
  written: readonly Frame[],
  nearest: readonly NearReading[],
  likelihoods: ReadonlyMap<string, number>,
  domain: DomainGrammar,
  openTypes: readonly boolean[],
  settings: RecognitionSettings['frame'],
): FrameCandidate[] {
  const frames = [
    ...written,
    ...nearest.slice(0, NEAREST).filter((reading) => hasRequiredSlots(reading, domain)),
    { intent: UNKNOWN_INTENT, slots: {} },
  ];
  const distinct = new Map(
    frames.map(({ intent, slots }) => [JSON.stringify([intent, slots]), { intent, slots }]),
  );
  return [...distinct.values()].map((frame): FrameCandidate => {
    const likelihood = likelihoods.get(frame.intent) ?? LEAST_KNOWN;
    if (frame.intent === UNKNOWN_INTENT)
      return { frame, distance: settings.unknownDistance, share: 1, strangeValues: 0, likelihood };
    const near = nearest.find(({ intent }) => intent === frame.intent);
    return {
      frame,
      distance: Math.min(FAR, near?.distance ?? FAR),
      share: Math.min(1, near?.share ?? 1),
      strangeValues: strangeValues(frame, domain, openTypes),
      likelihood,
    };
  });
}

/** The distance of an intent without a reading near the sentence; those further away are no worse. */
const FAR = 2;
/** An intent that the classifier has never met. */
export const LEAST_KNOWN = -10;

function hasRequiredSlots({ intent, slots }: Frame, domain: DomainGrammar): boolean {
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
