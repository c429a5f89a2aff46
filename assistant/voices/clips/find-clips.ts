import type { ClipPage, ClipSearch } from '../../../contract/voices.ts';
import { voiceWords, type VoiceWord } from '../voice-words.ts';
import type { ClipLibrary } from './clip-library.ts';
import { clipQueries } from './clip-query.ts';
import { matchWords } from './clip-ranking.ts';
import { clipOf, type ClipRow } from './clip-rows.ts';
import { clipWords } from './clip-words.ts';

/** So many candidates are ranked; more pages than that nobody turns. */
const MOST_CANDIDATES = 150;
/** Distance at which two prints have nothing in common: about two voices taken by chance. */
const UNLIKE = 450;
const FAVOURITE_SCORE = 1;
/** Beside words, being just alike counts as much as two words of a description. */
const SIMILARITY_SCORE = 6;

interface Candidate {
  readonly row: ClipRow;
  readonly similarity?: number;
}

/**
 * Hybrid search: words by the index of words, sound by the index of sounds, both together ranked by one score that
 * counts which words were found where, how alike the sound is, and favourites. Every result tells what it matched.
 */
export function findClips(
  library: ClipLibrary,
  search: Required<Omit<ClipSearch, 'similarTo'>> & Pick<ClipSearch, 'similarTo'>,
): ClipPage {
  const { query, similarTo, favouritesOnly, offset, limit } = search;
  const words = voiceWords(query);
  const total = library.total();
  const none = { clips: [], hasMore: false, total };
  if (query.trim() && words.length === 0) return none;
  if (words.length === 0 && similarTo === undefined) {
    const favourite = favouritesOnly ? 'AND favourite = 1' : '';
    const rows = library.rows(
      `deleted_at IS NULL ${favourite} ORDER BY favourite DESC, number DESC LIMIT ? OFFSET ?`,
      limit + 1,
      offset,
    );
    return { clips: rows.slice(0, limit).map((row) => clipOf(row)), hasMore: rows.length > limit, total };
  }
  const asked = clipQueries(words)[0]?.words ?? [];
  const found =
    similarTo === undefined ? byWords(library, words, offset + limit + 1) : bySound(library, similarTo);
  const ranked = found
    .filter(({ row }) => !favouritesOnly || row.favourite === 1)
    .map((candidate) => ({ ...candidate, ...scoreOf(candidate, asked) }))
    .filter(({ matched }) => asked.length === 0 || matched.length > 0)
    .sort((a, b) => b.score - a.score || b.row.number - a.row.number);
  return {
    clips: ranked
      .slice(offset, offset + limit)
      .map(({ row, matched, similarity }) => clipOf(row, matched, similarity)),
    hasMore: ranked.length > offset + limit,
    total,
  };
}

/** From the strictest query on, until there are enough. */
function byWords(library: ClipLibrary, words: readonly VoiceWord[], enough: number): Candidate[] {
  const numbers = new Set<number>();
  for (const { match } of clipQueries(words)) {
    for (const number of library.matching(match, MOST_CANDIDATES)) numbers.add(number);
    if (numbers.size >= enough) break;
  }
  return rowsOf(library, [...numbers].slice(0, MOST_CANDIDATES)).map((row) => ({ row }));
}

function bySound(library: ClipLibrary, id: string): Candidate[] {
  const { number: own } = library.require(id);
  const print = library.sounds.printOf(own);
  if (!print) return [];
  const near = new Map(
    library.sounds
      .near(print, MOST_CANDIDATES)
      .filter(({ number }) => number !== own)
      .map(({ number, distance }) => [number, Math.max(0, 1 - distance / UNLIKE)]),
  );
  return rowsOf(library, [...near.keys()]).map((row) => ({ row, similarity: near.get(row.number)! }));
}

function rowsOf(library: ClipLibrary, numbers: readonly number[]): ClipRow[] {
  return numbers.length === 0
    ? []
    : library.rows(
        'number IN (SELECT value FROM json_each(?)) AND deleted_at IS NULL',
        JSON.stringify(numbers),
      );
}

function scoreOf({ row, similarity = 0 }: Candidate, words: readonly VoiceWord[]) {
  const { score, matched } =
    words.length === 0 ? { score: 0, matched: [] } : matchWords(words, clipWords(clipOf(row)));
  const favourite = row.favourite === 1 ? FAVOURITE_SCORE : 0;
  return { score: score + similarity * SIMILARITY_SCORE + favourite, matched };
}
