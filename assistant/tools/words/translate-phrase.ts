import { z } from 'zod';
import { alwaysAvailable, defineTool } from '../tool.ts';
import { findTranslation, languageNames } from './phrases.ts';

export type TranslatePhraseResult =
  | {
      readonly known: true;
      readonly phrase: string;
      readonly language: string;
      /** As it is written there. */
      readonly text: string;
      /** How to say it, in letters an English voice can read. */
      readonly say: string;
    }
  | {
      readonly known: false;
      readonly phrase: string;
      readonly language: string;
      /** False when no phrase of the language is known. */
      readonly languageKnown: boolean;
    };

export const translatePhrase = defineTool({
  name: 'translate_phrase',
  description: `Translates set phrases of travel and courtesy, such as "thank you" or "where is the train station". Languages: ${languageNames.join(', ')}.`,
  input: z.object({ phrase: z.string().trim().min(1).max(200), language: z.string().trim().min(1).max(40) }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ phrase, language }): Promise<TranslatePhraseResult> {
    const name = language.toLowerCase();
    const found = findTranslation(phrase, name);
    if (found) return { known: true, phrase, language: name, ...found };
    return { known: false, phrase, language: name, languageKnown: languageNames.includes(name) };
  },
});
