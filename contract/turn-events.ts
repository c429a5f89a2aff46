import { z } from 'zod';
import { replyTone, tag } from './tags.ts';
import { userErrorCodes } from './user-errors.ts';

export const float32Samples = z.instanceof(Float32Array);

/** Milliseconds from key-up (end of speech) unless said otherwise. */
export const turnTimings = z.object({
  speechSeconds: z.number(),
  heardMs: z.number().optional(),
  firstAudioMs: z.number().optional(),
  endMs: z.number(),
});
export type TurnTimings = z.infer<typeof turnTimings>;

export const failure = z.object({
  code: z.enum(userErrorCodes),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
});
export type Failure = z.infer<typeof failure>;

const inTurn = { turnId: z.string(), conversationId: z.string() };

/** What happens during one turn, in order: start, heard, tags, tone, (tool-start, tool-end)*, text and audio, end. */
export const turnEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('turn-start'),
    ...inTurn,
    startedAt: z.number(),
    source: z.enum(['voice', 'text', 'alarm']),
  }),
  z.object({
    type: z.literal('heard'),
    ...inTurn,
    transcript: z.string(),
    /** True when the model is not sure enough to act on what it heard. */
    rejected: z.boolean(),
    confidence: z.number(),
  }),
  /** Told again, even after the turn's end, when a person corrected one of them. */
  z.object({ type: z.literal('tags'), ...inTurn, tags: z.array(tag) }),
  /** The reply will be other than usual, because of how the person sounds. */
  z.object({ type: z.literal('tone'), ...inTurn, tone: replyTone }),
  z.object({ type: z.literal('thinking-delta'), ...inTurn, text: z.string() }),
  z.object({
    type: z.literal('tool-start'),
    ...inTurn,
    callId: z.string(),
    name: z.string(),
    arguments: z.record(z.string(), z.unknown()),
    leavesMachine: z.boolean(),
  }),
  z.object({
    type: z.literal('tool-end'),
    ...inTurn,
    callId: z.string(),
    name: z.string(),
    result: z.unknown(),
    failure: failure.optional(),
  }),
  z.object({ type: z.literal('text-delta'), ...inTurn, text: z.string() }),
  /** Mono audio, [-1, 1]. May be dropped when the turn was interrupted. */
  z.object({ type: z.literal('audio-delta'), ...inTurn, samples: float32Samples, sampleRate: z.number() }),
  z.object({
    type: z.literal('turn-end'),
    ...inTurn,
    outcome: z.enum(['completed', 'interrupted', 'nothing-heard', 'failed']),
    failure: failure.optional(),
    voiceId: z.string().optional(),
    timings: turnTimings.optional(),
  }),
]);
export type TurnEvent = z.infer<typeof turnEvent>;
