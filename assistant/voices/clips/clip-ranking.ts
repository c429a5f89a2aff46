import type { VoiceWord } from '../voice-words.ts';
import type { ClipWords } from './clip-words.ts';

const NAME_WEIGHT = 4;
const ABOUT_WEIGHT = 3;
const TRANSCRIPT_WEIGHT = 1;
/** A word in which only the beginning was found. */
const SHORTEST_STEM = 4;

export interface WordMatch {
  readonly score: number;
  /** The words of the search that were found, as they are shown. */
  readonly matched: readonly string[];
}

/** How well a clip fits the words, and which of them it has. */
export function matchWords(words: readonly VoiceWord[], clip: ClipWords): WordMatch {
  const name = tokensOf(clip.name);
  const about = tokensOf(clip.about);
  const transcript = tokensOf(clip.transcript);
  let score = 0;
  const matched: string[] = [];
  for (const word of words) {
    const weight = has(name, word)
      ? NAME_WEIGHT
      : has(about, word)
        ? ABOUT_WEIGHT
        : has(transcript, word)
          ? TRANSCRIPT_WEIGHT
          : 0;
    if (weight > 0) matched.push(word.shown);
    score += weight;
  }
  return { score, matched: [...new Set(matched)] };
}

interface Tokens {
  readonly set: ReadonlySet<string>;
  /** Without spaces: Chinese words are looked for in it. */
  readonly joined: string;
}

function tokensOf(text: string): Tokens {
  const lower = text.toLowerCase();
  return { set: new Set(lower.match(/[\p{L}\p{N}]+/gu) ?? []), joined: lower.replace(/\s+/g, '') };
}

function has({ set, joined }: Tokens, { alternatives, known }: VoiceWord): boolean {
  return alternatives.some((word) => {
    if (set.has(word)) return true;
    if (/\p{Script=Han}/u.test(word)) return joined.includes(word);
    if (known && word.length < SHORTEST_STEM) return false;
    for (const token of set) if (token.startsWith(word)) return true;
    return false;
  });
}
