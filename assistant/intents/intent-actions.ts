import type { ToolContext } from '../tools/tool-context.ts';
import type { IntentAction } from './intent-action.ts';

export type HeardSlots = Readonly<Record<string, string>>;
export type IntentHandler = (slots: HeardSlots, context: ToolContext) => IntentAction;

/** What each intent means, by its name. */
export const intentActions: ReadonlyMap<string, IntentHandler> = new Map<string, IntentHandler>([
  ['unknown', () => ({ type: 'converse', intent: 'unknown' })],
]);
