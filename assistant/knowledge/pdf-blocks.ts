import { setImmediate as nextTurn } from 'node:timers/promises';
import { cleanLine } from '../retrieval/clean-text.ts';
import type { TextBlock } from '../retrieval/text-block.ts';

const MOST_PAGES = 400;
const LONGEST_PAGE = 20_000;

/** The text of a PDF, a block a page. Pictures of text hold none. Nothing in the file is run. */
export async function pdfBlocks(content: Uint8Array, signal: AbortSignal): Promise<TextBlock[]> {
  // Large, and needed by few: it comes when the first PDF is read.
  const { getDocumentProxy } = await import('unpdf');
  const document = await getDocumentProxy(new Uint8Array(content), { verbosity: 0 });
  const blocks: TextBlock[] = [];
  try {
    for (let number = 1; number <= Math.min(document.numPages, MOST_PAGES); number += 1) {
      signal.throwIfAborted();
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      let text = '';
      for (const item of items) {
        if (text.length > LONGEST_PAGE || !('str' in item)) continue;
        text += item.hasEOL ? `${item.str}\n` : item.str;
      }
      page.cleanup();
      const line = cleanLine(text.replace(/(\p{L})-\n(?=\p{Ll})/gu, '$1'), LONGEST_PAGE);
      if (line) blocks.push({ heading: `page ${number}`, text: line });
      await nextTurn();
    }
  } finally {
    await document.loadingTask.destroy();
  }
  return blocks;
}
