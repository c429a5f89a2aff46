import type { Failure } from '../contract/turn-events.ts';
import { UserError } from '../contract/user-errors.ts';

/** What an interface is told about an error. A programmer's error becomes `internal`, with its message. */
export function failureOf(error: unknown): Failure {
  if (error instanceof UserError) return { code: error.code, details: { ...error.details } };
  return { code: 'internal', details: { reason: error instanceof Error ? error.message : String(error) } };
}
