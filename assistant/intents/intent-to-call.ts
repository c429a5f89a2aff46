import { intentActions } from './intent-actions.ts';
import { converse, type IntentContext } from './intent-handler.ts';
import type { IntentAction } from './intent-action.ts';

/**
 * From an intent as heard to what is to be done about it.
 *
 *     in   name   an intent of models/starter/domain/intents.json
 *          slots  word sequences as heard: {"duration": "twenty five minutes"}
 *          transcript  the whole sentence, for what no slot holds ("all", "multiply", "how many weeks")
 *     out  a tool call in the tool's own terms: set_timer {"seconds": 1500}
 *
 * Nothing is run and nothing is changed here. A name nobody knows becomes the intent "unknown".
 */
export function intentToCall(
  name: string,
  slots: Readonly<Record<string, unknown>>,
  transcript: string,
  context: IntentContext,
): IntentAction {
  const action = intentActions.get(name);
  if (!action) return converse('unknown');
  return action({ slots: heardSlots(slots), transcript: transcript.toLowerCase(), context });
}

/** Slots without empty ones, in lower case and single spaces. */
function heardSlots(slots: Readonly<Record<string, unknown>>): Record<string, string> {
  const heard: Record<string, string> = {};
  for (const [name, value] of Object.entries(slots)) {
    const words = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    const tidy = words.trim().replace(/\s+/g, ' ').toLowerCase();
    if (tidy) heard[name] = tidy;
  }
  return heard;
}
