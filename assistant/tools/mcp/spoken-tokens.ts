/** A word of a sentence, in lower case, and where it stands. */
export interface SpokenToken {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** The words of a sentence without its signs; a number keeps its sign, its point and its commas. */
export function spokenTokens(sentence: string): SpokenToken[] {
  const pattern = /(?<![\p{L}\p{N}])[-+](?=\d)|[\p{L}\p{N}]/gu;
  const rest = /[\p{L}\p{M}\p{N}]*(?:['’][\p{L}]+|(?<=\d)[.,:](?=\d)\d+)*/uy;
  const tokens: SpokenToken[] = [];
  for (let found = pattern.exec(sentence); found; found = pattern.exec(sentence)) {
    rest.lastIndex = pattern.lastIndex;
    rest.exec(sentence);
    const end = Math.max(pattern.lastIndex, rest.lastIndex);
    const word = sentence.slice(found.index, end).normalize('NFKC').toLowerCase().replaceAll('’', "'");
    tokens.push({ word, start: found.index, end });
    pattern.lastIndex = end;
  }
  return tokens;
}
