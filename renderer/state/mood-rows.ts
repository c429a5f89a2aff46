import { UNSURE, type Tag, type TagName } from '../../contract/tags.ts';

/** Something of a voice that changes from turn to turn. */
export type MoodName = Extract<TagName, 'emotion' | 'loudness' | 'speed' | 'pitch'>;

export interface MoodPoint {
  readonly turnId: string;
  /** 0 = lowest or darkest, 1 = highest or brightest; undefined where nobody is sure. */
  readonly height: number | undefined;
  /** What the tag says; undefined where there is none or it is unsure. */
  readonly value: string | undefined;
}

export interface MoodRow {
  readonly name: MoodName;
  /** One for every turn, oldest first. */
  readonly points: readonly MoodPoint[];
}

interface SpokenTurn {
  readonly id: string;
  readonly tags: readonly Tag[];
}

/** More would be too small to see. */
const MOST_TURNS = 40;
const FEWEST_TURNS = 2;
/** Feelings from dark to bright. */
const BRIGHTNESS: Readonly<Record<string, number>> = {
  angry: 0.05,
  sad: 0.15,
  fearful: 0.25,
  tired: 0.35,
  neutral: 0.5,
  calm: 0.5,
  surprised: 0.75,
  happy: 0.95,
};
const LABEL_HEIGHTS: Readonly<Record<string, number>> = {
  quiet: 0.1,
  slow: 0.1,
  low: 0.1,
  normal: 0.5,
  medium: 0.5,
  loud: 0.9,
  fast: 0.9,
  high: 0.9,
};
/** The least that a row spans, so that a steady voice is drawn steady: dB, syllables a second, Hz. */
const LEAST_SPAN: Readonly<Record<Exclude<MoodName, 'emotion'>, number>> = {
  loudness: 12,
  speed: 2,
  pitch: 60,
};

/**
 * How a conversation went: a row for the feeling where anybody was sure of it, and for what was measured. Only turns
 * with a voice count; none when there are too few.
 */
export function moodRows(turns: readonly SpokenTurn[]): readonly MoodRow[] {
  const spoken = turns.filter(({ tags }) => tags.length > 0).slice(-MOST_TURNS);
  if (spoken.length < FEWEST_TURNS) return [];
  const rows = (['emotion', 'loudness', 'speed', 'pitch'] as const).map((name) => ({
    name,
    points: name === 'emotion' ? feelings(spoken) : amounts(spoken, name),
  }));
  return rows.filter(({ points }) => points.some(({ value }) => value !== undefined));
}

function feelings(turns: readonly SpokenTurn[]): MoodPoint[] {
  return turns.map((turn) => {
    const value = sureValue(turn, 'emotion');
    return { turnId: turn.id, value, height: value === undefined ? undefined : (BRIGHTNESS[value] ?? 0.5) };
  });
}

function amounts(turns: readonly SpokenTurn[], name: Exclude<MoodName, 'emotion'>): MoodPoint[] {
  const measured = turns.map(({ tags }) => tags.find((tag) => tag.name === name)?.measure?.amount);
  const known = measured.filter((amount) => amount !== undefined);
  const middle = (Math.min(...known) + Math.max(...known)) / 2;
  const span = Math.max(LEAST_SPAN[name], Math.max(...known) - Math.min(...known));
  return turns.map((turn, index) => {
    const value = sureValue(turn, name);
    const amount = measured[index];
    const labelled = value === undefined ? undefined : LABEL_HEIGHTS[value];
    const height = amount === undefined ? labelled : 0.5 + (0.8 * (amount - middle)) / span;
    return { turnId: turn.id, value, height: value === undefined ? undefined : height };
  });
}

function sureValue({ tags }: SpokenTurn, name: MoodName): string | undefined {
  const value = tags.find((tag) => tag.name === name)?.value;
  return value === UNSURE ? undefined : value;
}
