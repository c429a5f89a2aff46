import type { ToolContext } from '../tools/tool-context.ts';
import type { IntentAction } from './intent-action.ts';

export interface HeardIntent {
  /** Word sequences as heard, by slot name; never empty strings. */
  readonly slots: Readonly<Record<string, string>>;
  /** The whole sentence in lower case. */
  readonly transcript: string;
  readonly context: ToolContext;
}
export type IntentHandler = (heard: HeardIntent) => IntentAction;

/** What each intent means, by its name. */
export const intentActions: ReadonlyMap<string, IntentHandler> = new Map<string, IntentHandler>([
  ['unknown', () => ({ type: 'converse', intent: 'unknown' })],
]);
