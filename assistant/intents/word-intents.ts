import { parseNumber } from '../spoken-values/number-words.ts';
import { parseSpokenExpression, verbAtEnd } from '../spoken-values/spoken-expression.ts';
import type { IntentAction } from './intent-action.ts';
import { ask, call, type HeardIntent, type IntentHandlers } from './intent-handler.ts';

const MOST_DICE = 20;
const MOST_SIDES = 1000;

export const wordIntents: IntentHandlers = {
  calculate,
  convert_units: convertUnits,
  define_word: ({ slots }) => (slots.word ? call('define_word', { word: slots.word }) : ask('Which word?')),
  spell_word: ({ slots }) =>
    slots.word ? call('spell_word', { word: slots.word }) : ask('Which word should I spell?'),
  translate_phrase: ({ slots }) => {
    if (!slots.phrase) return ask('What should I translate?');
    if (!slots.language) return ask('Into which language?');
    return call('translate_phrase', { phrase: slots.phrase, language: slots.language });
  },
  flip_coin: () => call('flip_coin'),
  roll_dice: rollDice,
};

function calculate({ slots, transcript }: HeardIntent): IntentAction {
  const said = slots.expression;
  const expression = said && parseSpokenExpression(said, verbAtEnd(wordsBefore(transcript, said)));
  if (!expression) return ask("I didn't get the numbers. Say, for example: what is twelve times four?");
  return call('calculate', { expression });
}

/** "What's the sum of" before the numbers. */
function wordsBefore(transcript: string, numbers: string): string {
  return transcript.slice(0, Math.max(0, transcript.indexOf(numbers)));
}

function convertUnits({ slots }: HeardIntent): IntentAction {
  const { from, to } = slots;
  if (!from || !to) return ask('From which unit to which?');
  // "How many feet in a mile": no number was said, so one is meant.
  const value = slots.value === undefined ? 1 : numberOf(slots.value);
  if (value === undefined) return ask(`How many ${from}?`);
  return call('convert_units', { value, from, to });
}

function rollDice({ slots }: HeardIntent): IntentAction {
  const count = slots.count === undefined ? undefined : numberOf(slots.count);
  const sides = slots.sides === undefined ? undefined : numberOf(slots.sides);
  if (count !== undefined && (count < 1 || count > MOST_DICE))
    return ask(`I can roll up to ${MOST_DICE} dice. How many?`);
  if (sides !== undefined && (sides < 2 || sides > MOST_SIDES))
    return ask('A die needs at least two sides. How many?');
  return call('roll_dice', { count, sides });
}

function numberOf(words: string): number | undefined {
  const named: Readonly<Record<string, number>> = {
    a: 1,
    an: 1,
    'a pair of': 2,
    'a couple of': 2,
    half: 0.5,
    'half a': 0.5,
  };
  return named[words] ?? parseNumber(words);
}
