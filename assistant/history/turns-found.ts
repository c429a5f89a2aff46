import type { TagCount, TagFilter } from '../../contract/tags.ts';
import { rarestFirst } from './turn-tags.ts';

/** Of what is said all the time, only so many of the newest turns are looked at. */
const MOST_HITS = 4000;
/** More, where a further condition leaves few of them. */
const MOST_LOOKED_AT = 6000;

const HAS_TAG = `EXISTS (SELECT 1 FROM turn_tags WHERE turn_number = number AND name = ? AND value = ?)`;

/**
 * The numbers of turns with these words and these tags, newest first, as SQL with its values; undefined when nothing
 * can be found.
 */
export function turnsFound(
  wanted: {
    /** FTS5 */
    readonly query: string | undefined;
    readonly tags: readonly TagFilter[];
    readonly newest: number;
  },
  counts: () => readonly TagCount[],
): { readonly sql: string; readonly values: readonly unknown[] } | undefined {
  const { query, newest } = wanted;
  const tags = wanted.tags.length > 1 ? rarestFirst(wanted.tags, counts()) : wanted.tags;
  const [first, ...others] = tags;
  const further = query ? tags : others;
  const conditions = further.map(() => HAS_TAG).join(' AND ');
  const values = further.flatMap(({ name, value }) => [name, value]);
  const most = further.length > 0 ? MOST_LOOKED_AT : MOST_HITS;
  const source = query
    ? `SELECT rowid AS number FROM turn_search WHERE turn_search MATCH ? AND rowid <= ?
       ORDER BY rowid DESC LIMIT ${most}`
    : `SELECT turn_number AS number FROM turn_tags
       WHERE name = ? AND value = ? AND value <> 'unsure' AND turn_number <= ?
       ORDER BY turn_number DESC LIMIT ${most}`;
  if (!query && !first) return undefined;
  const start = query ? [query, newest] : [first!.name, first!.value, newest];
  return {
    sql: conditions ? `SELECT number FROM (${source}) WHERE ${conditions} LIMIT ${MOST_HITS}` : source,
    values: [...start, ...values],
  };
}
