/** Endings of English verbs and nouns, longest first; a stem keeps at least three letters. */
const ENDINGS = ['ing', 'ed', 'er', 'es', 's', 'e'];

/** A rough stem, the same for "wake", "wakes", "waking". Only ever compared with other stems. */
export function wordStem(word: string): string {
  for (const ending of ENDINGS) {
    if (!word.endsWith(ending) || word.length - ending.length < 3) continue;
    const stem = word.slice(0, -ending.length);
    return stem.at(-1) === stem.at(-2) ? stem.slice(0, -1) : stem;
  }
  return word;
}
