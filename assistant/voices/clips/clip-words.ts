import type { Clip, ClipDescription } from '../../../contract/voices.ts';
import { searchableText } from '../../history/search-words.ts';

/** Below and above these, a voice is low or high whoever speaks. */
const LOW_HZ = 115;
const HIGH_HZ = 215;
/** Syllables a second as `voicePrint` counts them. */
const SLOW = 5.6;
const FAST = 8.6;
const ELDERLY_FROM = 60;
const YOUNG_UNTIL = 29;

export interface ClipWords {
  readonly name: string;
  readonly about: string;
  readonly transcript: string;
}

type Heard = Pick<Clip, 'syllablesPerSecond'> & { readonly pitchHz?: number | undefined };

/** The words by which a clip is found: what is said of it, and what was measured. */
export function clipWords(clip: ClipDescription & Heard): ClipWords {
  const { gender, age, style, emotion, language, tags } = clip;
  const about = [gender, age, ageWord(age), style, emotion, language, ...tags, ...heardWords(clip)];
  return {
    name: searchableText(clip.name),
    about: searchableText(about.filter((word) => word !== '').join(' ')),
    transcript: searchableText(clip.transcript),
  };
}

/** How it sounds, in the words of `voice-words.ts`. */
export function heardWords({ pitchHz, syllablesPerSecond }: Heard): string[] {
  return [
    ...(pitchHz !== undefined && pitchHz < LOW_HZ ? ['deep'] : []),
    ...(pitchHz !== undefined && pitchHz > HIGH_HZ ? ['bright'] : []),
    ...(syllablesPerSecond > 0 && syllablesPerSecond < SLOW ? ['slow'] : []),
    ...(syllablesPerSecond > FAST ? ['fast'] : []),
  ];
}

/** "67" and "sixties" and "60s" are elderly. */
function ageWord(age: string): string {
  const years = Number(/\d+/.exec(age)?.[0] ?? NaN);
  if (years >= ELDERLY_FROM || /\b(sixties|seventies|eighties|nineties)\b/i.test(age)) return 'elderly';
  if (years <= YOUNG_UNTIL || /\b(teens|twenties)\b/i.test(age)) return 'young';
  return years > 0 || /\b(thirties|fou?rties|fifties)\b/i.test(age) ? 'adult' : '';
}
