import type { ConversationSummary, TurnRecord } from '../contract/history.ts';
import type { Tag, TagCorrection, TagCount } from '../contract/tags.ts';
import { UserError } from '../contract/user-errors.ts';
import { AssistantDatabase } from './database/assistant-database.ts';
import { WriteQueue } from './database/write-queue.ts';
import { History, type ConversationFilter } from './history/history.ts';
import { exportJson, exportMarkdown, type ExportedFile } from './history/history-export.ts';
import type { PastCorrection } from './tags/carry-over.ts';
import { TurnRecorder, type AudioSide } from './history/turn-recorder.ts';

/** More than anybody has; the list is cut into pages only for the screen. */
const ALL = 1_000_000;

/**
 * What was said: in the database where the person wants it kept, else in memory until Sotto ends, so that the
 * present conversation can be shown and played all the same.
 */
export class KeptHistories {
  private readonly stored: History;
  private readonly passing: History;
  private readonly storedWrites: WriteQueue;
  private readonly passingWrites: WriteQueue;
  private readonly passingDatabase: AssistantDatabase;

  constructor(database: AssistantDatabase, now: () => number, onWriteFailure: (error: unknown) => void) {
    this.passingDatabase = new AssistantDatabase(':memory:', now);
    this.stored = new History(database);
    this.passing = new History(this.passingDatabase);
    this.storedWrites = new WriteQueue(database, onWriteFailure);
    this.passingWrites = new WriteQueue(this.passingDatabase, onWriteFailure);
  }

  recorder(turn: ConstructorParameters<typeof TurnRecorder>[0], isKept: boolean): TurnRecorder {
    return new TurnRecorder(turn, isKept ? this.storedWrites : this.passingWrites);
  }

  /** Turns that a killed Sotto left running become interrupted. */
  endAbandonedTurns(): void {
    this.stored.endAbandonedTurns();
  }

  list(filter: ConversationFilter): ConversationSummary[] {
    return this.stored.list(filter);
  }

  /** Throws UserError `conversation-missing`. */
  turns(conversationId: string): TurnRecord[] {
    if (!this.has(conversationId)) throw new UserError('conversation-missing', { conversationId });
    const turns = [...this.stored.turns(conversationId), ...this.passing.turns(conversationId)];
    return turns.sort((a, b) => a.startedAt - b.startedAt);
  }

  has(conversationId: string): boolean {
    return this.stored.has(conversationId) || this.passing.has(conversationId);
  }

  /** Throws UserError `turn-missing`; null where the sound was not kept. */
  audio(turnId: string, side: AudioSide): { samples: Float32Array<ArrayBuffer>; sampleRate: number } | null {
    return this.withTurn(turnId).audio(turnId, side);
  }

  tagCounts(): TagCount[] {
    return this.stored.tags.counts();
  }

  /** Throws UserError `turn-missing`. The turn's tags as they are then, and its conversation. */
  correctTag(correction: TagCorrection): { readonly conversationId: string; readonly tags: Tag[] } {
    const history = this.withTurn(correction.turnId);
    const tags = history.tags.correct(correction);
    return { conversationId: history.conversationOf(correction.turnId), tags };
  }

  /** What the person said about the tags of a conversation, oldest first. */
  tagCorrections(conversationId: string): PastCorrection[] {
    const all = [this.stored, this.passing].flatMap(({ tags }) => tags.corrections(conversationId));
    return all.toSorted((a, b) => a.at - b.at);
  }

  /** How loud the person was in the newest turns, in dBFS. */
  recentLoudness(): number[] {
    return [this.stored, this.passing].flatMap(({ tags }) => tags.recentAmounts('loudness'));
  }

  delete(conversationId: string): void {
    const wasStored = this.stored.delete(conversationId);
    const wasPassing = this.passing.delete(conversationId);
    if (!wasStored && !wasPassing) throw new UserError('conversation-missing', { conversationId });
  }

  deleteAll(): void {
    this.stored.deleteAll();
    this.passing.deleteAll();
  }

  export(format: 'json' | 'markdown', conversationId: string | undefined, at: number): ExportedFile {
    const summaries = this.stored.list({ limit: ALL });
    const wanted = conversationId ? summaries.filter((summary) => summary.id === conversationId) : summaries;
    if (conversationId && wanted.length === 0)
      throw new UserError('conversation-missing', { conversationId });
    const conversations = wanted.map((summary) => ({ summary, turns: this.stored.turns(summary.id) }));
    return (format === 'json' ? exportJson : exportMarkdown)(conversations, at);
  }

  private withTurn(turnId: string): History {
    const history = [this.stored, this.passing].find((candidate) => candidate.hasTurn(turnId));
    if (!history) throw new UserError('turn-missing', { turnId });
    return history;
  }

  /** Tries once more to write what waits. */
  close(): void {
    this.storedWrites.close();
    this.passingWrites.close();
    this.passingDatabase.close();
  }
}
