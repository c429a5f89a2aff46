/** A sentence shorter than this is said together with the next one: a pause after every word sounds like stumbling. */
const SHORTEST_SENTENCE = 12;
const ENDING = /[.!?]["')\]]*(?=\s)|[。！？]|\n+/gu;
/** "Dr. Smith", "3 p.m. today", "e.g. this": the dot does not end anything. */
const ABBREVIATION = /(?:^|[\s("])(?:[A-Za-z]|Dr|Mr|Mrs|Ms|St|vs|etc|[ap]\.m|e\.g|i\.e)\.$/;

/** Cuts a text, or one that is still growing, into pieces that can be said one after the other. Nothing is lost. */
export class SentenceSplitter {
  private pending = '';

  /** The sentences that are complete now, each with the space that follows it. */
  push(text: string): string[] {
    this.pending += text;
    const sentences: string[] = [];
    let start = 0;
    for (const match of this.pending.matchAll(ENDING)) {
      const end = match.index + match[0].length;
      const isWhole = this.pending.slice(start, end).trim().length >= SHORTEST_SENTENCE;
      if (!isWhole || ABBREVIATION.test(this.pending.slice(start, end))) continue;
      const space = /^\s+/.exec(this.pending.slice(end))?.[0].length ?? 0;
      sentences.push(this.pending.slice(start, end + space));
      start = end + space;
    }
    this.pending = this.pending.slice(start);
    return sentences;
  }

  /** What is left when the text has ended. */
  finish(): string[] {
    const rest = this.pending;
    this.pending = '';
    return rest.trim() ? [rest] : [];
  }
}

export function splitIntoSentences(text: string): string[] {
  const splitter = new SentenceSplitter();
  return [...splitter.push(text), ...splitter.finish()];
}
