/**
 * What to do about an intent of a model that does not word its replies.
 *
 * - `call`: run this tool with these arguments (already in the tool's own terms: seconds, cities, numbers).
 * - `converse`: no tool; `wordReply` has an answer.
 * - `ask`: something needed is missing or makes no sense; say the question, run nothing.
 */
export type IntentAction =
  | { readonly type: 'call'; readonly tool: string; readonly arguments: Readonly<Record<string, unknown>> }
  | { readonly type: 'converse'; readonly intent: string }
  | { readonly type: 'ask'; readonly question: string };
