import type { ToolCallRecord, TurnRecord } from '../../contract/history.ts';
import type { ReplyTone, Tag } from '../../contract/tags.ts';
import type { Failure, TurnTimings } from '../../contract/turn-events.ts';
import type { AssistantDatabase } from '../database/assistant-database.ts';
import type { WriteQueue } from '../database/write-queue.ts';
import { searchableText } from './search-words.ts';
import { toSixteenBit } from './sixteen-bit-samples.ts';

export type AudioSide = 'mine' | 'reply';
const LONGEST_TITLE = 80;
const TURN = '(SELECT number FROM turns WHERE id = ?)';

/**
 * Writes one turn down while it happens: every call is stored before it returns, so that kill -9 loses at most the
 * piece being spoken. A turn deleted meanwhile stays deleted.
 */
export class TurnRecorder {
  readonly turnId: string;
  private readonly conversationId: string;
  private readonly queue: WriteQueue;
  private transcript = '';
  private reply = '';
  private thinking = '';

  constructor(
    turn: Pick<TurnRecord, 'id' | 'conversationId' | 'startedAt' | 'source'>,
    queue: WriteQueue,
    processId = process.pid,
  ) {
    this.turnId = turn.id;
    this.conversationId = turn.conversationId;
    this.queue = queue;
    const { id, conversationId, startedAt, source } = turn;
    this.write((database) => {
      database
        .statement(
          `INSERT INTO conversations (id, title, started_at, updated_at) VALUES (?, '', ?, ?)
                    ON CONFLICT (id) DO UPDATE SET updated_at = excluded.updated_at`,
        )
        .run(conversationId, startedAt, startedAt);
      const { lastInsertRowid } = database
        .statement(
          `INSERT INTO turns (id, conversation_id, started_at, source, writer_process) VALUES (?, ?, ?, ?, ?)`,
        )
        .run(id, conversationId, startedAt, source, processId);
      database
        .statement(`INSERT INTO turn_search (rowid, transcript, reply) VALUES (?, '', '')`)
        .run(lastInsertRowid);
    });
  }

  heard(transcript: string, rejected: boolean, confidence: number): void {
    this.transcript = transcript;
    this.write((database) => {
      database
        .statement('UPDATE turns SET transcript = ?, rejected = ?, confidence = ? WHERE id = ?')
        .run(transcript, rejected ? 1 : 0, confidence, this.turnId);
      this.index(database);
    });
    if (!rejected) this.title(transcript);
  }

  /** Names the conversation if it has no name yet. */
  title(text: string): void {
    const title = text.length > LONGEST_TITLE ? `${text.slice(0, LONGEST_TITLE - 1).trimEnd()}…` : text;
    this.write((database) => {
      database
        .statement(`UPDATE conversations SET title = ? WHERE id = ? AND title = ''`)
        .run(title, this.conversationId);
    });
  }

  tags(tags: readonly Tag[]): void {
    this.write((database) => {
      const insert = database.statement(`INSERT INTO turn_tags (turn_number, name, tag)
        SELECT number, ?, ? FROM turns WHERE id = ?
        ON CONFLICT (turn_number, name) DO UPDATE SET tag = excluded.tag`);
      for (const tag of tags) insert.run(tag.name, JSON.stringify(tag), this.turnId);
    });
  }

  tone(tone: ReplyTone): void {
    this.write((database) => {
      database.statement('UPDATE turns SET tone = ? WHERE id = ?').run(JSON.stringify(tone), this.turnId);
    });
  }

  thinkingDelta(text: string): void {
    this.thinking += text;
    const { thinking } = this;
    this.write((database) => {
      database.statement('UPDATE turns SET thinking = ? WHERE id = ?').run(thinking, this.turnId);
    });
  }

  toolStart(call: Pick<ToolCallRecord, 'callId' | 'name' | 'arguments' | 'leavesMachine'>): void {
    this.write((database) => {
      database
        .statement(
          `INSERT INTO tool_calls (turn_number, call_id, name, arguments, leaves_machine)
                    SELECT number, ?, ?, ?, ? FROM turns WHERE id = ?`,
        )
        .run(call.callId, call.name, JSON.stringify(call.arguments), call.leavesMachine ? 1 : 0, this.turnId);
    });
  }

  toolEnd(callId: string, result: unknown, failure: Failure | undefined): void {
    this.write((database) => {
      database
        .statement(
          `UPDATE tool_calls SET result = ?, failure = ? WHERE call_id = ? AND turn_number = ${TURN}`,
        )
        .run(JSON.stringify(result ?? null), failure ? JSON.stringify(failure) : null, callId, this.turnId);
    });
  }

  replyDelta(text: string): void {
    this.reply += text;
    const { reply } = this;
    this.write((database) => {
      database.statement('UPDATE turns SET reply = ? WHERE id = ?').run(reply, this.turnId);
      this.index(database);
    });
  }

  audio(side: AudioSide, samples: Float32Array, sampleRate: number): void {
    const bytes = toSixteenBit(samples);
    this.write((database) => {
      database
        .statement(
          `INSERT INTO audio_pieces (turn_number, side, sample_rate, samples)
                    SELECT number, ?, ?, ? FROM turns WHERE id = ?`,
        )
        .run(side, sampleRate, bytes, this.turnId);
    });
  }

  /** A turn in which nothing was heard and nothing said is forgotten. */
  end(end: {
    readonly outcome: Exclude<TurnRecord['outcome'], 'running'>;
    readonly failure?: Failure;
    readonly voiceId?: string;
    readonly timings?: TurnTimings;
    readonly endedAt: number;
  }): void {
    const isEmpty = end.outcome === 'nothing-heard' && !this.transcript && !this.reply;
    this.write((database) => {
      if (isEmpty) return this.forget(database);
      database
        .statement('UPDATE turns SET outcome = ?, failure = ?, voice_id = ?, timings = ? WHERE id = ?')
        .run(end.outcome, asJson(end.failure), end.voiceId ?? null, asJson(end.timings), this.turnId);
      database
        .statement('UPDATE conversations SET updated_at = max(updated_at, ?) WHERE id = ?')
        .run(end.endedAt, this.conversationId);
    });
  }

  private forget(database: AssistantDatabase): void {
    database.statement(`DELETE FROM turn_search WHERE rowid = ${TURN}`).run(this.turnId);
    database.statement('DELETE FROM turns WHERE id = ?').run(this.turnId);
    database
      .statement(
        'DELETE FROM conversations WHERE id = ? AND NOT EXISTS (SELECT 1 FROM turns WHERE conversation_id = ?)',
      )
      .run(this.conversationId, this.conversationId);
  }

  private index(database: AssistantDatabase): void {
    database
      .statement(`UPDATE turn_search SET transcript = ?, reply = ? WHERE rowid = ${TURN}`)
      .run(searchableText(this.transcript), searchableText(this.reply), this.turnId);
  }

  private write(write: (database: AssistantDatabase) => void): void {
    this.queue.add(write);
  }
}

function asJson(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
