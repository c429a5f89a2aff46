import type { ToolCallRecord, TurnRecord } from '../../contract/history.ts';
import type { ReplyTone, Tag } from '../../contract/tags.ts';
import type { AssistantDatabase } from '../database/assistant-database.ts';

interface TurnRow {
  readonly number: number;
  readonly id: string;
  readonly conversation_id: string;
  readonly started_at: number;
  readonly source: TurnRecord['source'];
  readonly transcript: string;
  readonly rejected: number;
  readonly thinking: string;
  readonly reply: string;
  readonly voice_id: string | null;
  readonly outcome: TurnRecord['outcome'];
  readonly failure: string | null;
  readonly timings: string | null;
  readonly tone: string | null;
  readonly mine: number;
  readonly spoken: number;
}
interface TagRow {
  readonly turn_number: number;
  readonly tag: string;
}
interface ToolCallRow {
  readonly turn_number: number;
  readonly call_id: string;
  readonly name: string;
  readonly arguments: string;
  readonly result: string | null;
  readonly failure: string | null;
  readonly leaves_machine: number;
}

const hasAudio = (side: string) =>
  `EXISTS (SELECT 1 FROM audio_pieces WHERE turn_number = turns.number AND side = '${side}')`;
const inConversation = 'turn_number IN (SELECT number FROM turns WHERE conversation_id = ?)';

/** The turns of one conversation as they happened, oldest first. */
export function readTurns(database: AssistantDatabase, conversationId: string): TurnRecord[] {
  const tags = database
    .statement<TagRow>(`SELECT turn_number, tag FROM turn_tags WHERE ${inConversation} ORDER BY rowid`)
    .all(conversationId);
  const calls = database
    .statement<ToolCallRow>(`SELECT * FROM tool_calls WHERE ${inConversation} ORDER BY number`)
    .all(conversationId);
  return database
    .statement<TurnRow>(
      `SELECT turns.*, ${hasAudio('mine')} AS mine, ${hasAudio('reply')} AS spoken
       FROM turns WHERE conversation_id = ? ORDER BY number`,
    )
    .all(conversationId)
    .map((row) => ({
      id: row.id,
      conversationId: row.conversation_id,
      startedAt: row.started_at,
      source: row.source,
      transcript: row.transcript,
      rejected: row.rejected === 1,
      tags: tags.filter((tag) => tag.turn_number === row.number).map((tag) => JSON.parse(tag.tag) as Tag),
      tone: parsed<ReplyTone>(row.tone),
      toolCalls: calls.filter((call) => call.turn_number === row.number).map(toolCall),
      ...(row.thinking ? { thinking: row.thinking } : {}),
      reply: row.reply,
      voiceId: row.voice_id ?? undefined,
      outcome: row.outcome,
      failure: parsed(row.failure),
      hasMyAudio: row.mine === 1,
      hasReplyAudio: row.spoken === 1,
      timings: parsed(row.timings),
    }));
}

function toolCall(row: ToolCallRow): ToolCallRecord {
  return {
    callId: row.call_id,
    name: row.name,
    arguments: JSON.parse(row.arguments) as Record<string, unknown>,
    result: parsed<unknown>(row.result) ?? null,
    failure: parsed(row.failure),
    leavesMachine: row.leaves_machine === 1,
  };
}

function parsed<T>(json: string | null): T | undefined {
  return json === null ? undefined : (JSON.parse(json) as T);
}
