import { z } from 'zod';
import { userErrorCodes } from '../user-errors.ts';

/** How each call answers: once, or as a stream of items. */
export type CallKinds = Readonly<Record<string, 'request' | 'stream'>>;

const callId = z.number().int().nonnegative();

/** From the caller. `more` grants the server leave to send that many further stream items. */
export const callerMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('call'), id: callId, name: z.string(), input: z.unknown().optional() }),
  z.object({ type: z.literal('cancel'), id: callId }),
  z.object({ type: z.literal('more'), id: callId, count: z.number().int().positive().max(10_000) }),
]);
export type CallerMessage = z.infer<typeof callerMessage>;

/**
 * From the server. Every call ends with exactly one of `result`, `end` and `failure`. A value of nothing is left
 * out where the messages travel as JSON.
 */
export const serverMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('result'), id: callId, value: z.unknown().optional() }),
  z.object({ type: z.literal('item'), id: callId, value: z.unknown().optional() }),
  z.object({ type: z.literal('end'), id: callId }),
  z.object({
    type: z.literal('failure'),
    id: callId,
    code: z.enum(userErrorCodes),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  }),
]);
export type ServerMessage = z.infer<typeof serverMessage>;

/** Items a stream may send before the caller grants more: enough to keep audio flowing, small enough to bound memory. */
export const initialStreamCredit = 64;
