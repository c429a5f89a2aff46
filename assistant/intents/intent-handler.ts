import type { ToolContext } from '../tools/tool-context.ts';
import type { IntentAction } from './intent-action.ts';

export interface HeardIntent {
  /** Word sequences as heard, by slot name; never empty strings. */
  readonly slots: Readonly<Record<string, string>>;
  /** The whole sentence in lower case. */
  readonly transcript: string;
  readonly context: IntentContext;
}
/** All that may decide what an intent asks for, beside its words. */
export type IntentContext = Pick<ToolContext, 'now' | 'timeZone'>;
export type IntentHandler = (heard: HeardIntent) => IntentAction;
export type IntentHandlers = Readonly<Record<string, IntentHandler>>;

export function call(tool: string, given: Readonly<Record<string, unknown>> = {}): IntentAction {
  const present = Object.entries(given).filter(([, value]) => value !== undefined);
  return { type: 'call', tool, arguments: Object.fromEntries(present) };
}

export function ask(question: string): IntentAction {
  return { type: 'ask', question };
}

export function converse(intent: string): IntentAction {
  return { type: 'converse', intent };
}

/** "all", "both", "every", "everything" anywhere in the sentence. */
export function saysAll(transcript: string): boolean {
  return /\b(all|both|every|everything)\b/.test(transcript);
}

/** "My town" and its like mean the person's own place, which needs no name. */
export function namedPlace(location: string | undefined): string | undefined {
  return location === undefined || /^(my|our|this) |^here$/.test(location) ? undefined : location;
}
