/** Words and how they are pronounced, as phone labels of the CTC head. */
export interface Lexicon {
  /** Word id to spelling. */
  readonly words: readonly string[];
  /** Word id to its variants, each a sequence of label ids (never the blank). */
  readonly pronunciations: readonly (readonly Uint8Array[])[];
  idOf(word: string): number;
}

/**
 * Reads `word<TAB>PH1 PH2 ...` lines; several lines for one word are variants. A line with a phone that the model
 * does not know is an error of the package, not of the user, and throws plainly.
 */
export function readLexicon(text: string, labels: readonly string[]): Lexicon {
  const labelIds = new Map(labels.map((label, id) => [label, id]));
  const ids = new Map<string, number>();
  const words: string[] = [];
  const pronunciations: Uint8Array[][] = [];
  for (const line of text.split('\n')) {
    const tab = line.indexOf('\t');
    if (tab <= 0 || line.startsWith('#')) continue;
    const word = line.slice(0, tab);
    const phones = line
      .slice(tab + 1)
      .trim()
      .split(/\s+/);
    const variant = Uint8Array.from(phones, (phone) => {
      const id = labelIds.get(phone);
      if (!id) throw new Error(`lexicon: unknown phone ${phone} in ${word}`);
      return id;
    });
    let id = ids.get(word);
    if (id === undefined) {
      id = words.length;
      ids.set(word, id);
      words.push(word);
      pronunciations.push([]);
    }
    pronunciations[id]?.push(variant);
  }
  return { words, pronunciations, idOf: (word) => ids.get(word) ?? -1 };
}
