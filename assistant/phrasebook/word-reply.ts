import { clockWordings } from './clock-wording.ts';
import { wordConversation } from './conversation-wording.ts';
import { wordFailure } from './failure-wording.ts';
import { gentlerWords } from './gentle-wording.ts';
import { foreignWordings, wordServerResult } from './foreign-wording.ts';
import { listWordings } from './list-wording.ts';
import type { Outcome, WordingContext } from './outcome.ts';
import { outsideWordings } from './outside-wording.ts';
import { pick } from './pick.ts';
import { timingWordings } from './timing-wording.ts';
import type { ToolWordings } from './tool-wording.ts';
import { voiceWordings } from './voice-wording.ts';
import { wordWordings } from './word-wording.ts';

const toolWordings: ToolWordings = {
  ...clockWordings,
  ...timingWordings,
  ...listWordings,
  ...wordWordings,
  ...voiceWordings,
  ...outsideWordings,
  ...foreignWordings,
};

/** The tools whose results can be put into words. */
export const wordedTools: readonly string[] = Object.keys(toolWordings);

/** A short spoken English reply to what happened. Only facts of the outcome and the context are said. */
export function wordReply(outcome: Outcome, context: WordingContext): string {
  return gentlerWords(usualWords(outcome, context), outcome, context);
}

function usualWords(outcome: Outcome, context: WordingContext): string {
  switch (outcome.kind) {
    case 'tool-result': {
      const wording = toolWordings[outcome.tool];
      const { arguments: given, result, intent = '' } = outcome;
      if (wording) return wording({ arguments: given, result, intent }, context);
      return wordServerResult(result) ?? 'Done.';
    }
    case 'tool-failure':
      return wordFailure(outcome.tool, outcome.failure);
    case 'conversation':
      return wordConversation(outcome.intent, context);
    case 'rejected':
      return outcome.reason === 'unclear' ? pick(UNCLEAR, context) : pick(OUT_OF_DOMAIN, context);
  }
}

const UNCLEAR = [
  "I didn't catch that. Could you say it again?",
  "Sorry, I didn't catch that.",
  "I'm not sure what you said. Please say it once more.",
];
const OUT_OF_DOMAIN = [
  "I can't do that yet, but I can set timers, tell the time, do sums, and keep lists.",
  "I can't help with that yet, but ask me for the time, a timer, a sum, or a joke.",
  "That's beyond me for now, but I know clocks, timers, reminders, notes, and units.",
];
