import type { Tag, TagCorrection, TagCount, TagName } from '../../contract/tags.ts';
import type { AssistantDatabase } from '../database/assistant-database.ts';
import type { PastCorrection } from '../tags/carry-over.ts';
import { correctedTag } from '../tags/corrected-tag.ts';

/** How many of the newest turns tell what is usual. */
const USUAL_TURNS = 60;

/** What was heard beside the words, as it is kept: read, counted, and corrected by the person. */
export class TurnTags {
  private readonly database: AssistantDatabase;

  constructor(database: AssistantDatabase) {
    this.database = database;
  }

  /** Of the turn as it is now; empty for a turn that is not there. */
  of(turnId: string): Tag[] {
    return this.database.use(() => this.read(turnId));
  }

  /** What the person said about a tag is kept beside what was heard. The turn's tags as they are then. */
  correct({ turnId, name, value }: TagCorrection): Tag[] {
    return this.database.use(() => {
      const before = this.read(turnId).find((tag) => tag.name === name);
      const after = correctedTag(name, before, value);
      if (!after) {
        this.database
          .statement(
            'DELETE FROM turn_tags WHERE name = ? AND turn_number = (SELECT number FROM turns WHERE id = ?)',
          )
          .run(name, turnId);
      } else {
        this.database
          .statement(
            `INSERT INTO turn_tags (turn_number, name, tag) SELECT number, ?, ? FROM turns WHERE id = ?
             ON CONFLICT (turn_number, name) DO UPDATE SET tag = excluded.tag`,
          )
          .run(name, JSON.stringify(after), turnId);
      }
      return this.read(turnId);
    }, 'transaction');
  }

  /** Everything that the person said about the tags of a conversation, oldest first. */
  corrections(conversationId: string): PastCorrection[] {
    return this.database.use(() =>
      this.database
        .statement<{ tag: string; at: number }>(
          `SELECT tag, started_at AS at FROM turns JOIN turn_tags ON turn_number = turns.number
           WHERE conversation_id = ? AND json_extract(tag, '$.source') = 'person' ORDER BY turns.number`,
        )
        .all(conversationId)
        .map(({ tag, at }) => ({ tag: JSON.parse(tag) as Tag, at }))
        .filter(({ tag }) => !tag.carriedOver),
    );
  }

  /** By name; the most frequent value first. */
  counts(): TagCount[] {
    return this.database.use(() =>
      this.database
        .statement<TagCount>(
          'SELECT name, value, turns FROM tag_counts WHERE turns > 0 ORDER BY name, turns DESC, value',
        )
        .all(),
    );
  }

  /** The amounts measured in the newest turns, in any order. */
  recentAmounts(name: TagName): number[] {
    return this.database.use(() =>
      this.database
        .statement<{ amount: number }>(
          `SELECT json_extract(tag, '$.measure.amount') AS amount FROM turn_tags
           WHERE turn_number > (SELECT max(number) FROM turns) - ${USUAL_TURNS} AND name = ? AND amount IS NOT NULL`,
        )
        .all(name)
        .map(({ amount }) => amount),
    );
  }

  private read(turnId: string): Tag[] {
    return this.database
      .statement<{ tag: string }>(
        'SELECT tag FROM turn_tags WHERE turn_number = (SELECT number FROM turns WHERE id = ?) ORDER BY rowid',
      )
      .all(turnId)
      .map(({ tag }) => JSON.parse(tag) as Tag);
  }
}

/** Filters of which the rarest comes first: it leaves the least to look at. */
export function rarestFirst<Filter extends { readonly name: string; readonly value: string }>(
  filters: readonly Filter[],
  counts: readonly TagCount[],
): Filter[] {
  const turns = ({ name, value }: Filter) =>
    counts.find((one) => one.name === name && one.value === value)?.turns ?? 0;
  return filters.toSorted((a, b) => turns(a) - turns(b));
}
