import type { KnowledgeResult } from '../tools/knowledge/search-knowledge.ts';
import type { ServerResult } from '../tools/mcp/server-result.ts';
import { shortenedSentences } from './shortened-sentences.ts';
import type { ToolWordings } from './tool-wording.ts';

export const foreignWordings: ToolWordings = {
  search_knowledge: ({ result }) => {
    const { query, results } = result as KnowledgeResult;
    const [best] = results;
    if (!best) return `I found nothing about ${query} in your files.`;
    const place = best.heading
      ? `${spokenName(best.title)}, under ${best.heading.split(' › ').at(-1)}`
      : spokenName(best.title);
    return `According to ${place}: ${shortenedSentences(best.extract)}`;
  },
  stop_tools: ({ result }) =>
    (result as { stopped: number }).stopped > 0 ? 'I stopped it.' : 'Nothing was going on.',
};

/** What a tool of a server says, in its name. Undefined for what is no such result. */
export function wordServerResult(result: unknown): string | undefined {
  if (typeof result !== 'object' || result === null || !('server' in result) || !('text' in result))
    return undefined;
  const { server, text, failed } = result as ServerResult;
  const line = shortenedSentences(text.replace(/\s+/g, ' ').trim());
  if (failed) return `${server} could not do that${line ? `: ${line}` : '.'}`;
  return line ? `${server} says: ${line}` : `${server} has done it.`;
}

/** "Garden plans.md" is said without its ending. */
function spokenName(title: string): string {
  return title.replace(/\.\w{1,8}$/, '').replace(/[_-]+/g, ' ');
}
