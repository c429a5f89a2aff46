import { glossaryEntries } from './glossary-entries.ts';

const DEFINITIONS: ReadonlyMap<string, string> = new Map(
  glossaryEntries
    .trim()
    .split('\n')
    .map((line): [string, string] => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()];
    }),
);

/** How many words are explained. */
export const glossarySize = DEFINITIONS.size;

/** Our own words for a word, with or without an article, in singular or plural. Undefined when it is not there. */
export function findDefinition(word: string): string | undefined {
  const bare = word
    .trim()
    .toLowerCase()
    .replace(/^(a|an|the) /, '');
  const forms = [bare, bare.replace(/ies$/, 'y'), bare.replace(/es$/, ''), bare.replace(/s$/, '')];
  return forms.map((form) => DEFINITIONS.get(form)).find((definition) => definition !== undefined);
}
