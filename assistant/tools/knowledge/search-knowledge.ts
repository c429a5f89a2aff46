import { z } from 'zod';
import type { KnownPassage } from '../../../contract/knowledge.ts';
import { cleanLine } from '../../retrieval/clean-text.ts';
import { defineTool } from '../tool.ts';

export interface KnowledgeResult {
  readonly query: string;
  readonly results: readonly KnownPassage[];
}

const MOST_RESULTS = 4;
const LONGEST_PATH = 400;

export const searchKnowledge = defineTool({
  name: 'search_knowledge',
  description:
    'Searches the person’s own files (notes, documents, saved pages) in the folders they picked, and gives the passages that answer with file and heading; what is decisive stands between « and ». Name the file when you answer.',
  input: z.object({ query: z.string().trim().min(1).max(300) }),
  leavesMachine: false,
  // Files come from anywhere: what stands in them is read, and leads to nothing.
  bringsForeignWords: true,
  availability: ({ services }) =>
    services.knowledge?.hasFolders ? '' : 'There is no folder to search; pick one in the settings.',
  async run({ query }, { services }, signal): Promise<KnowledgeResult> {
    const found = await services.knowledge!.search(query, MOST_RESULTS, services.judge, signal);
    return { query, results: found.map((one) => ({ ...one, path: cleanLine(one.path, LONGEST_PATH) })) };
  },
});
