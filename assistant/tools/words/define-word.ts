import { z } from 'zod';
import { alwaysAvailable, defineTool } from '../tool.ts';
import { findDefinition } from './glossary.ts';

export interface DefineWordResult {
  readonly word: string;
  /** Left out when the glossary does not have the word. */
  readonly definition?: string;
}

export const defineWord = defineTool({
  name: 'define_word',
  description: 'Explains a word from a small glossary that comes with Sotto.',
  input: z.object({ word: z.string().trim().min(1).max(60) }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ word }): Promise<DefineWordResult> {
    const definition = findDefinition(word);
    return { word, ...(definition ? { definition } : {}) };
  },
});
