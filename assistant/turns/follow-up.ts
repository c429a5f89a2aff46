import type { Outcome } from '../phrasebook/outcome.ts';
import type { Frame } from './answer-by-intent.ts';
import type { ToolCall } from './tool-runner.ts';

export type FollowUp =
  | { readonly type: 'none' }
  /** "Stop": the speaking has ended already with the press of the key. */
  | { readonly type: 'silence' }
  /** "Pause": nothing more is said, and what was cut off is kept. */
  | { readonly type: 'wait' }
  /** "Go on": what was cut off is said now. */
  | { readonly type: 'go-on' }
  | { readonly type: 'run-pending'; readonly call: ToolCall }
  | { readonly type: 'say'; readonly outcome: Outcome };

/** What "stop", "pause", "go on", "yes" and "no" mean after the turn before. */
export function followUp(frame: Frame, pendingCall: ToolCall | undefined, unsaid: string): FollowUp {
  if (frame.name === 'stop') return { type: 'silence' };
  if (frame.name === 'pause' && unsaid) return { type: 'wait' };
  if (frame.name === 'resume' && unsaid) return { type: 'go-on' };
  if (!pendingCall) return { type: 'none' };
  if (frame.name === 'yes') return { type: 'run-pending', call: pendingCall };
  if (frame.name === 'no') {
    const failure = { code: 'consent-refused', details: { tool: pendingCall.tool } } as const;
    return { type: 'say', outcome: { kind: 'tool-failure', tool: pendingCall.tool, failure } };
  }
  return { type: 'none' };
}
