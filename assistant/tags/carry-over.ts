import { UNSURE, type Tag, type TagName } from '../../contract/tags.ts';
import { heardOf } from './corrected-tag.ts';

/** A tag of an earlier turn that a person said something about. */
export interface PastCorrection {
  readonly tag: Tag;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Who speaks stays the same; a mood or a place does not. */
const LASTING: readonly TagName[] = ['gender', 'age'];
const PASSING_MS = 10 * 60_000;
/** A measured label is corrected again where about as much is measured. */
const ABOUT_AS_MUCH: Partial<Readonly<Record<TagName, number>>> = { speed: 0.7, pitch: 20, loudness: 4 };

/**
 * The tags of a new turn, where what the person corrected earlier in the conversation is wrong again in the same way.
 *
 * @param corrections oldest first; the newest of a name counts
 * @param at when the new turn began, in milliseconds since 1970
 */
export function carryOver(
  tags: readonly Tag[],
  corrections: readonly PastCorrection[],
  at: number,
): readonly Tag[] {
  if (tags.length === 0) return tags;
  const newest = new Map(corrections.map((correction) => [correction.tag.name, correction]));
  const corrected = tags.map((tag) => {
    const correction = newest.get(tag.name);
    return correction && isSameMistake(tag, correction, at) ? asCorrected(tag, correction.tag) : tag;
  });
  const unheard = [...newest.values()]
    .filter((correction) => !tags.some(({ name }) => name === correction.tag.name))
    .filter((correction) => !correction.tag.heard && isStillSo(correction, at))
    .map(({ tag: { name, value } }): Tag => ({
      name,
      value,
      confidence: 1,
      source: 'person',
      carriedOver: true,
    }));
  return [...corrected, ...unheard];
}

function isSameMistake(tag: Tag, correction: PastCorrection, at: number): boolean {
  const { tag: said } = correction;
  if (tag.source === 'person' || said.value === tag.value) return false;
  if ((heardOf(said)?.value ?? UNSURE) !== tag.value) return false;
  const tolerance = ABOUT_AS_MUCH[tag.name];
  if (tolerance === undefined) return isStillSo(correction, at);
  if (!tag.measure || !said.measure) return false;
  return Math.abs(tag.measure.amount - said.measure.amount) <= tolerance;
}

function isStillSo({ tag, at: since }: PastCorrection, at: number): boolean {
  return LASTING.includes(tag.name) || at - since <= PASSING_MS;
}

function asCorrected(tag: Tag, { value }: Tag): Tag {
  return { ...tag, value, confidence: 1, source: 'person', heard: heardOf(tag), carriedOver: true };
}
