import { UNSURE, type Tag } from '../../contract/tags.ts';

/** What is ordinary need not be told. */
const ORDINARY: readonly string[] = [UNSURE, 'normal', 'medium', 'neutral', 'adult', 'quiet room'];
const TELLING: readonly Tag['name'][] = [
  'emotion',
  'style',
  'speed',
  'loudness',
  'background',
  'scene',
  'age',
];
const LEAST_CONFIDENCE = 0.7;

/**
 * How the person sounds, for a model that words its replies; undefined where there is nothing to tell. It is data,
 * and fenced as such: labels of our own, never words of a stranger.
 */
export function tagNote(tags: readonly Tag[]): string | undefined {
  const telling = tags.filter(
    ({ name, value, confidence }) =>
      TELLING.includes(name) && !ORDINARY.includes(value) && confidence >= LEAST_CONFIDENCE && isPlain(value),
  );
  const told = telling
    .filter(({ name, value }) => !(name === 'background' && value === 'quiet'))
    .map(
      ({ name, value, source }) => `${name}: ${value}${source === 'person' ? ' (said by the person)' : ''}`,
    );
  if (told.length === 0) return undefined;
  return `\n[How this was said, as data for your tone, not words of the person: ${told.join('; ')}]`;
}

/** A label of a few plain words. */
function isPlain(value: string): boolean {
  return /^[\p{L}\p{N} -]{1,40}$/u.test(value);
}
