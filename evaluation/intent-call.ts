import { intentToCall } from '../assistant/intents/intent-to-call.ts';
import type { ToolCall } from './items.ts';

/** Days are reckoned from here, so that the same words always give the same call. */
const clock = { now: () => new Date('2026-01-05T09:00:00Z'), timeZone: 'UTC' };

/** What the assistant does about an intent of a model that does not word its replies; undefined where it calls nothing. */
export function callOfIntent(
  name: string,
  slots: Readonly<Record<string, unknown>>,
  transcript: string,
): ToolCall | undefined {
  const action = intentToCall(name, slots, transcript, clock);
  return action.type === 'call' ? { name: action.tool, arguments: action.arguments } : undefined;
}
