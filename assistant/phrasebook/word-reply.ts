import type { Outcome, WordingContext } from './outcome.ts';

/** A short spoken English reply to what happened. Only facts of the outcome and the context are said. */
export function wordReply(outcome: Outcome, _context: WordingContext): string {
  if (outcome.kind === 'rejected') return "I didn't catch that.";
  return 'Okay.';
}
