/** Scripts that are written without spaces: each character is a word of its own to the search. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const UNSPACED_ALL = new RegExp(UNSPACED, 'gu');

export const MARK_START = '\u2039';
export const MARK_END = '\u203a';
const MARKS = /[\u2039\u203a]/g;

/** A text as the search index keeps it: "在Tokyo几点" becomes " 在 Tokyo 几  点 ". */
export function searchableText(text: string): string {
  return text.replace(MARKS, ' ').replace(UNSPACED_ALL, ' $& ');
}

/**
 * What a person typed as an FTS5 query: every word must occur, each may be the beginning of a longer one, Chinese
 * is found by any run of characters. All of it is quoted, so nothing is an operator. Undefined without words.
 */
export function searchQuery(typed: string): string | undefined {
  const words = typed
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .map((word) => `"${searchableText(word).replaceAll('"', ' ').replace(/\0/g, ' ').trim()}"*`);
  return words.length > 0 ? words.join(' ') : undefined;
}

/** A snippet of the index as a person reads it: without the spaces that the index put between characters. */
export function readableSnippet(snippet: string): string {
  const unspaced = UNSPACED.source;
  const joined = snippet
    .replace(
      new RegExp(
        `(?<=${unspaced}[${MARK_START}${MARK_END}]?) +(?=[${MARK_START}${MARK_END}]?${unspaced})`,
        'gu',
      ),
      '',
    )
    .replaceAll(`${MARK_END}${MARK_START}`, '');
  return joined.replace(/\s+/g, ' ').trim();
}
