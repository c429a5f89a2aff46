import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { missingAbilities } from '../../phrasebook/missing-abilities.ts';

/** Whether a sentence is one that Sotto itself understands and does, word for word. */
export type SaidAlready = (sentences: readonly string[]) => Promise<boolean>;

/** By the grammar of the starter model, which lies in one of the folders. What it can only regret is left to tools. */
export function starterSays(modelsFolders: () => readonly string[]): SaidAlready {
  return async (sentences) => {
    const domain = modelsFolders()
      .map((folder) => join(folder, 'starter', 'domain'))
      .find((folder) => existsSync(join(folder, 'intents.json')));
    if (domain === undefined) return false;
    // Read only when a phrase is set: it takes as long as it takes to read seven thousand patterns.
    const { readDomainGrammar } = await import('../../../engine/recognise/domain-grammar.ts');
    const { matchGrammar } = await import('../../../engine/recognise/grammar-match.ts');
    const { grammar } = await readDomainGrammar(domain);
    return sentences.some((sentence) =>
      matchGrammar(grammar, sentence).some(
        ({ intent }) => intent !== 'unknown' && !(intent in missingAbilities),
      ),
    );
  };
}
