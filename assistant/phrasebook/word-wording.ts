import type { CalculateResult } from '../tools/calculate/calculate.ts';
import type { ConvertUnitsResult } from '../tools/calculate/convert-units.ts';
import type { DefineWordResult } from '../tools/words/define-word.ts';
import type { SpellWordResult } from '../tools/words/spell-word.ts';
import type { TranslatePhraseResult } from '../tools/words/translate-phrase.ts';
import { pick } from './pick.ts';
import { sayExpression } from './say-expression.ts';
import { sayList, sentence } from './say-list.ts';
import { sayAmount, sayNumber } from './say-number.ts';
import type { ToolWordings } from './tool-wording.ts';

const NO_VALUE = {
  'divided-by-zero': "Nothing can be divided by zero, so there's no answer to that.",
  'no-real-value': "There's no real number that answers that.",
  'too-large': 'That number is too large for me.',
  'not-understood': "I couldn't work that out. Try a simpler sum.",
} as const;

export const wordWordings: ToolWordings = {
  calculate: ({ result }, context) => {
    const sum = result as CalculateResult;
    if (sum.outcome !== 'value') return NO_VALUE[sum.outcome];
    const spoken = sayExpression(sum.expression);
    const amount = sayAmount(sum.value);
    if (spoken === undefined || spoken === amount) return `That makes ${amount}.`;
    return pick([`${sentence(spoken)} is ${amount}.`, `That's ${amount}.`, `${sentence(amount)}.`], context);
  },
  convert_units: ({ result }) => {
    const conversion = result as ConvertUnitsResult;
    switch (conversion.outcome) {
      case 'money':
        return "I don't know today's exchange rates, so I can't convert money.";
      case 'unknown-unit':
        return `I don't know the unit ${conversion.unit}.`;
      case 'different-kinds':
        return `${sentence(conversion.from)} and ${conversion.to} measure different things, so one can't be turned into the other.`;
      case 'converted': {
        const from = `${sayNumber(conversion.value).text} ${conversion.from}`;
        const amount = Number(conversion.converted.toPrecision(5));
        const about = amount === conversion.converted ? '' : 'about ';
        const verb = Math.abs(conversion.value) === 1 ? 'is' : 'are';
        return `${from} ${verb} ${about}${sayNumber(amount).text} ${conversion.to}.`;
      }
    }
  },
  define_word: ({ result }) => {
    const { word, definition } = result as DefineWordResult;
    if (definition) return `${sentence(word)}: ${definition}.`;
    return `I have no dictionary here, only a small glossary, and "${word}" isn't in it. You could say: search for the meaning of ${word}.`;
  },
  spell_word: ({ result }) => {
    const { word, letters } = result as SpellWordResult;
    return `${sentence(word)} is spelled ${letters.map((letter) => letter || 'space').join(', ')}.`;
  },
  translate_phrase: ({ result }, context) => {
    const translation = result as TranslatePhraseResult;
    const language = sentence(translation.language);
    if (translation.known) {
      return pick(
        [`In ${language}, "${translation.phrase}" is: ${translation.say}.`, `You say: ${translation.say}.`],
        context,
      );
    }
    if (!translation.languageKnown) return `I don't know any phrases in ${language} yet.`;
    return `I only know set phrases in ${language}, and "${translation.phrase}" isn't one of them. Try hello, thank you, or where is the train station.`;
  },
  roll_dice: ({ result }, context) => {
    const { rolls, sum } = result as { rolls: readonly number[]; sum: number };
    if (rolls.length === 1)
      return pick([`You rolled a ${sum}.`, `It's a ${sum}.`, `The die shows ${sum}.`], context);
    return `You rolled ${sayList(rolls.map(String))}. That makes ${sum}.`;
  },
  flip_coin: ({ result }, context) => {
    const { side } = result as { side: string };
    return pick([`It's ${side}.`, `${sentence(side)}!`, `The coin shows ${side}.`], context);
  },
};
