import { z } from 'zod';
import { alwaysAvailable, defineTool } from '../tool.ts';

export interface SpellWordResult {
  readonly word: string;
  /** One entry a letter; hyphens and apostrophes by name, an empty entry between words. */
  readonly letters: readonly string[];
}

const SIGNS: Readonly<Record<string, string>> = { "'": 'apostrophe', '-': 'hyphen', ' ': '' };

export const spellWord = defineTool({
  name: 'spell_word',
  description: 'Spells a word letter by letter.',
  input: z.object({ word: z.string().trim().min(1).max(60) }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ word }): Promise<SpellWordResult> {
    const letters = [...word.replace(/\s+/g, ' ')].map((letter) => SIGNS[letter] ?? letter.toUpperCase());
    return { word, letters };
  },
});
