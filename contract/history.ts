import { z } from 'zod';
import { replyTone, tag } from './tags.ts';
import { failure, turnTimings } from './turn-events.ts';

export const toolCallRecord = z.object({
  callId: z.string(),
  name: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  result: z.unknown(),
  failure: failure.optional(),
  leavesMachine: z.boolean(),
});
export type ToolCallRecord = z.infer<typeof toolCallRecord>;

export const turnRecord = z.object({
  id: z.string(),
  conversationId: z.string(),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  source: z.enum(['voice', 'text', 'alarm']),
  transcript: z.string(),
  rejected: z.boolean(),
  tags: z.array(tag),
  /** Absent where the reply is as always. */
  tone: replyTone.optional(),
  toolCalls: z.array(toolCallRecord),
  /** What the model thought before it replied, where it did. */
  thinking: z.string().optional(),
  reply: z.string(),
  voiceId: z.string().optional(),
  outcome: z.enum(['running', 'completed', 'interrupted', 'nothing-heard', 'failed']),
  failure: failure.optional(),
  hasMyAudio: z.boolean(),
  hasReplyAudio: z.boolean(),
  timings: turnTimings.optional(),
});
export type TurnRecord = z.infer<typeof turnRecord>;

export const conversationSummary = z.object({
  id: z.string(),
  title: z.string(),
  startedAt: z.number(),
  updatedAt: z.number(),
  turnCount: z.number(),
  /** A piece of the text around the words searched for, the words marked with U+2039 and U+203A. */
  snippet: z.string().optional(),
});
export type ConversationSummary = z.infer<typeof conversationSummary>;
