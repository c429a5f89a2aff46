import { searchableText } from '../history/search-words.ts';

const MOST_WORDS = 24;
/** So common that they find everything. */
const EMPTY =
  /^(?:a|an|the|of|in|on|at|to|is|are|was|were|and|or|what|who|when|where|how|do|does|did|my|i|it|for|about|say|says|的|了|是|在|我|吗)$/i;

/** A question as an FTS5 query that any of its words meets; all of it is quoted, so nothing is an operator. */
export function matchAny(question: string): string | undefined {
  const words = searchableText(question.normalize('NFKC')).match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
  const telling = words.filter((word) => !EMPTY.test(word));
  const chosen = [...new Set(telling.length > 0 ? telling : words)].slice(0, MOST_WORDS);
  return chosen.length > 0 ? chosen.map((word) => `"${word}"`).join(' OR ') : undefined;
}
