import type { ConversationSummary, TurnRecord } from '../../contract/history.ts';
import { resample } from '../../engine/listen/resampler.ts';
import type { TagFilter } from '../../contract/tags.ts';
import type { AssistantDatabase } from '../database/assistant-database.ts';
import { MARK_END, MARK_START, readableSnippet, searchQuery } from './search-words.ts';
import { fromSixteenBit } from './sixteen-bit-samples.ts';
import { turnsFound } from './turns-found.ts';
import type { AudioSide } from './turn-recorder.ts';
import { readTurns } from './turn-rows.ts';
import { TurnTags } from './turn-tags.ts';

export interface ConversationFilter {
  readonly query?: string;
  /** A turn must have all of these. */
  readonly tags?: readonly TagFilter[];
  readonly limit: number;
  /** Only conversations last changed before this moment, in milliseconds since 1970: the next page. */
  readonly before?: number;
}

interface SummaryRow {
  readonly id: string;
  readonly title: string;
  readonly startedAt: number;
  readonly updatedAt: number;
  readonly turnCount: number;
}

const SUMMARY = `conversations.id, title, conversations.started_at AS startedAt, updated_at AS updatedAt,
  (SELECT count(*) FROM turns WHERE conversation_id = conversations.id) AS turnCount`;
const SNIPPET_TOKENS = 16;
/** Reading and deleting what was said. Writing is the work of `TurnRecorder`. */
export class History {
  readonly tags: TurnTags;
  private readonly database: AssistantDatabase;

  constructor(database: AssistantDatabase) {
    this.database = database;
    this.tags = new TurnTags(database);
  }

  /** Last changed first. With words to search for, each result has a snippet around them. */
  list(filter: ConversationFilter): ConversationSummary[] {
    const before = filter.before ?? Number.MAX_SAFE_INTEGER;
    const typed = filter.query?.trim() ?? '';
    const tags = filter.tags ?? [];
    if (!typed && tags.length === 0) return this.all(before, filter.limit);
    const query = typed ? searchQuery(typed) : undefined;
    return typed && !query ? [] : this.found({ query, tags }, before, filter.limit);
  }

  has(conversationId: string): boolean {
    return this.database.use(
      () =>
        this.database.statement('SELECT 1 FROM conversations WHERE id = ?').get(conversationId) !== undefined,
    );
  }

  turns(conversationId: string): TurnRecord[] {
    return this.database.use(() => readTurns(this.database, conversationId));
  }

  /** The samples of one side of a turn; null where none were kept. */
  audio(turnId: string, side: AudioSide): { samples: Float32Array<ArrayBuffer>; sampleRate: number } | null {
    const pieces = this.database.use(() =>
      this.database
        .statement<{ sample_rate: number; samples: Buffer }>(
          `SELECT sample_rate, samples FROM audio_pieces
           WHERE turn_number = (SELECT number FROM turns WHERE id = ?) AND side = ? ORDER BY number`,
        )
        .all(turnId, side),
    );
    const sampleRate = pieces[0]?.sample_rate;
    if (sampleRate === undefined) return null;
    const parts = pieces.map((piece) =>
      resample(fromSixteenBit(piece.samples), piece.sample_rate, sampleRate),
    );
    return { samples: joined(parts), sampleRate };
  }

  hasTurn(turnId: string): boolean {
    return this.database.use(
      () => this.database.statement('SELECT 1 FROM turns WHERE id = ?').get(turnId) !== undefined,
    );
  }

  /** Of a turn that is there. */
  conversationOf(turnId: string): string {
    const row = this.database.use(() =>
      this.database
        .statement<{ id: string }>('SELECT conversation_id AS id FROM turns WHERE id = ?')
        .get(turnId),
    );
    return row?.id ?? '';
  }

  /** False when there is no such conversation. Nothing of it can be read from the file afterwards. */
  delete(conversationId: string): boolean {
    const deleted = this.database.use(() => {
      this.database
        .statement(
          'DELETE FROM turn_search WHERE rowid IN (SELECT number FROM turns WHERE conversation_id = ?)',
        )
        .run(conversationId);
      return (
        this.database.statement('DELETE FROM conversations WHERE id = ?').run(conversationId).changes > 0
      );
    }, 'transaction');
    if (deleted) this.database.forgetDeleted();
    return deleted;
  }

  deleteAll(): void {
    this.database.use(() => {
      this.database.statement('DELETE FROM turn_search').run();
      this.database.statement('DELETE FROM conversations').run();
    }, 'transaction');
    this.database.forgetDeleted();
  }

  /** Turns that a process which is gone left running. Returns how many there were. */
  endAbandonedTurns(isAlive: (processId: number) => boolean = isProcessAlive): number {
    return this.database.use(() => {
      const running = this.database
        .statement<{ id: string; writer_process: number }>(
          `SELECT id, writer_process FROM turns WHERE outcome = 'running'`,
        )
        .all();
      const abandoned = running.filter(
        (turn) => turn.writer_process === process.pid || !isAlive(turn.writer_process),
      );
      for (const { id } of abandoned) {
        this.database.statement(`UPDATE turns SET outcome = 'interrupted' WHERE id = ?`).run(id);
      }
      return abandoned.length;
    }, 'transaction');
  }

  private all(before: number, limit: number): ConversationSummary[] {
    return this.database.use(() =>
      this.database
        .statement<SummaryRow>(
          `SELECT ${SUMMARY} FROM conversations WHERE updated_at < ? ORDER BY updated_at DESC, id LIMIT ?`,
        )
        .all(before, limit),
    );
  }

  private found(
    { query, tags }: { readonly query: string | undefined; readonly tags: readonly TagFilter[] },
    before: number,
    limit: number,
  ): ConversationSummary[] {
    return this.database.use(() => {
      const { newest } = this.database
        .statement<{ newest: number | null }>(
          `SELECT max(number) AS newest FROM turns WHERE conversation_id IN
             (SELECT id FROM conversations WHERE updated_at =
               (SELECT max(updated_at) FROM conversations WHERE updated_at < ?))`,
        )
        .get(before)!;
      if (newest === null) return [];
      const hits = turnsFound({ query, tags, newest }, () => this.tags.counts());
      if (!hits) return [];
      const rows = this.database
        .statement<SummaryRow & { number: number }>(
          `WITH hits AS MATERIALIZED (${hits.sql}), found AS MATERIALIZED (
             SELECT conversation_id, max(hits.number) AS number FROM hits
             JOIN turns ON turns.number = hits.number GROUP BY conversation_id
           )
           SELECT ${SUMMARY}, found.number FROM found JOIN conversations ON conversations.id = found.conversation_id
           WHERE updated_at < ? ORDER BY updated_at DESC, conversations.id LIMIT ?`,
        )
        .all(...hits.values, before, limit);
      if (!query) return rows.map(({ number: _number, ...summary }) => summary);
      const snippet = this.database.statement<{ snippet: string }>(
        `SELECT snippet(turn_search, -1, '${MARK_START}', '${MARK_END}', '…', ${SNIPPET_TOKENS}) AS snippet
         FROM turn_search WHERE turn_search MATCH ? AND rowid = ?`,
      );
      return rows.map(({ number, ...summary }) => ({
        ...summary,
        snippet: readableSnippet(snippet.get(query, number)?.snippet ?? ''),
      }));
    });
  }
}

function joined(parts: readonly Float32Array[]): Float32Array<ArrayBuffer> {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Signal 0 asks without doing anything; EPERM means that somebody else's process has this number. */
function isProcessAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
