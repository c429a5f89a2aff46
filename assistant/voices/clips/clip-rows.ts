import type { Clip, ClipDescription } from '../../../contract/voices.ts';

/** A row of `clips`. */
export interface ClipRow {
  readonly number: number;
  readonly id: string;
  readonly hash: string;
  readonly name: string;
  readonly transcript: string;
  readonly gender: string;
  readonly age: string;
  readonly style: string;
  readonly emotion: string;
  readonly language: string;
  readonly tags: string;
  readonly source: string;
  readonly licence: string;
  readonly recorded_here: number;
  readonly favourite: number;
  readonly seconds: number;
  readonly pitch_hz: number | null;
  readonly syllables_per_second: number;
  readonly added_at: number;
  readonly batch_id: string;
}

export const CLIP_COLUMNS = `number, id, hash, name, transcript, gender, age, style, emotion, language, tags, source, licence,
  recorded_here, favourite, seconds, pitch_hz, syllables_per_second, added_at, batch_id`;

const PREFIX = 'clip-';
const ID_DIGITS = 24;

/** Recordings have ids of their own, so that they can be chosen where voices are chosen. */
export function isClipId(voiceId: string): boolean {
  return voiceId.startsWith(PREFIX);
}

/** The same sound always has the same id. */
export function clipId(hash: string): string {
  return PREFIX + hash.slice(0, ID_DIGITS);
}

export function describedIn(row: ClipRow): ClipDescription {
  const { name, transcript, gender, age, style, emotion, language, tags } = row;
  return {
    name,
    transcript,
    gender: gender as ClipDescription['gender'],
    age,
    style,
    emotion,
    language,
    tags: JSON.parse(tags) as string[],
  };
}

export function clipOf(row: ClipRow, matched: readonly string[] = [], similarity?: number): Clip {
  return {
    ...describedIn(row),
    id: row.id,
    seconds: row.seconds,
    source: row.source,
    licence: row.licence,
    recordedHere: row.recorded_here === 1,
    favourite: row.favourite === 1,
    addedAt: row.added_at,
    ...(row.pitch_hz === null ? {} : { pitchHz: row.pitch_hz }),
    syllablesPerSecond: row.syllables_per_second,
    matched: [...matched],
    ...(similarity === undefined ? {} : { similarity }),
  };
}
