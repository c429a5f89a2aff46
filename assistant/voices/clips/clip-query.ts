import { searchableText } from '../../history/search-words.ts';
import { withoutPersonas, type VoiceWord } from '../voice-words.ts';

/** So many words of one search are looked at. */
const MOST_WORDS = 8;

/** The index of beginnings has three letters; shorter ones would be put together from hundreds of words. */
const SHORTEST_BEGINNING = 3;

/** One way to ask the index, and the words that are then ranked by. */
export interface ClipQuery {
  readonly match: string;
  readonly words: readonly VoiceWord[];
}

/** From the strictest to the most lenient: every word; what is expected instead of whom; all but one; any. */
export function clipQueries(given: readonly VoiceWord[]): ClipQuery[] {
  const asked = given.slice(0, MOST_WORDS);
  const replaced = withoutPersonas(asked).slice(0, MOST_WORDS);
  const words =
    replaced.length > asked.length ? [...asked, ...replaced.filter((word) => !asked.includes(word))] : asked;
  const steps: (readonly VoiceWord[])[] = [asked, replaced];
  for (let left = replaced.length - 1; left > 0 && replaced.length > 1; left -= 1) {
    // What was said first counts most: the last words are let go of before the first ones.
    if (left === replaced.length - 1) {
      for (let at = replaced.length - 1; at >= 0; at -= 1)
        steps.push(replaced.filter((_, index) => index !== at));
    } else {
      steps.push(replaced.slice(0, left));
    }
  }
  for (const word of replaced.length > 1 ? replaced : []) steps.push([word]);
  const seen = new Set<string>();
  return steps
    .filter((step) => step.length > 0)
    .map((step) => ({ match: step.map(clause).join(' AND '), words }))
    .filter(({ match }) => !seen.has(match) && seen.add(match));
}

function clause({ alternatives, known }: VoiceWord): string {
  const quoted = alternatives.map((word) => `"${searchableText(word).replaceAll('"', ' ').trim()}"`);
  return `(${quoted.join(' OR ')}${known || alternatives[0]!.length < SHORTEST_BEGINNING ? '' : '*'})`;
}
