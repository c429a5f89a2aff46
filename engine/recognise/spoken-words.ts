const CLITIC = /^(.+)('(?:s|ll|d|ve|re|m))$/;

/**
 * Text to the units that patterns are matched by: lower-case words, with endings such as 's and 'll apart, because a
 * slot may end before one ("anna's birthday").
 */
export function spokenWords(text: string): string[] {
  const words: string[] = [];
  for (const word of text.toLowerCase().split(/\s+/)) {
    if (word === '') continue;
    const parts = CLITIC.exec(word);
    if (parts) words.push(parts[1] as string, parts[2] as string);
    else words.push(word);
  }
  return words;
}

/** The inverse: endings join the word before them. */
export function joinSpokenWords(words: readonly string[]): string {
  return words.join(' ').replaceAll(" '", "'");
}
