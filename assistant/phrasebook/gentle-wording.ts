import { hasEffect } from '../tags/fit-tone.ts';
import type { Outcome, WordingContext } from './outcome.ts';
import { pick } from './pick.ts';

const SORRY = "I'm sorry.";
const BEFORE_RESULTS = ['Of course.', 'Gladly.', 'Here you are.'];
const BEFORE_CONVERSATION: Readonly<Record<string, readonly string[]>> = {
  tell_joke: ['Maybe this helps a little.'],
  tell_story: ['Sit back for a moment.'],
  complaint: ['I understand.'],
};
const AFTER_CONVERSATION: Readonly<Record<string, readonly string[]>> = {
  greeting: ['Take your time.', "I'm here."],
  farewell: ['Be good to yourself.'],
  thanks: ["I'm here when you need me."],
  ask_wellbeing: ['I hope your day gets lighter.'],
};

/** The same facts for somebody who sounds low or upset: nothing is called out, and comfort stays small. */
export function gentlerWords(text: string, outcome: Outcome, context: WordingContext): string {
  if (!hasEffect(context.tone, 'gentler', 'calmer')) return text;
  // What is said again is said as it was.
  if (outcome.kind === 'conversation' && outcome.intent === 'repeat') return text;
  const calm = text.replaceAll(/!+/g, '.');
  if (!hasEffect(context.tone, 'gentler')) return calm;
  const [before, after] = comfort(outcome, context);
  const isSaid = (words: string) =>
    calm.includes(words.replace(/\.$/, '')) || (words === SORRY && /\bsorry\b/i.test(calm));
  return [before, calm, after].filter((words, index) => words && (index === 1 || !isSaid(words))).join(' ');
}

function comfort(outcome: Outcome, context: WordingContext): readonly [before: string, after: string] {
  const one = (choices: readonly string[] | undefined) => (choices ? pick(choices, context) : '');
  switch (outcome.kind) {
    case 'tool-result':
      return [one(BEFORE_RESULTS), ''];
    case 'tool-failure':
      return [SORRY, ''];
    case 'rejected':
      return [SORRY, ''];
    case 'conversation':
      return [one(BEFORE_CONVERSATION[outcome.intent]), one(AFTER_CONVERSATION[outcome.intent])];
  }
}
