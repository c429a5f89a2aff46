import { cleanLine } from '../retrieval/clean-text.ts';
import type { Candidate } from '../retrieval/find-passages.ts';
import { splitPassages } from '../retrieval/passages.ts';
import { plainTextBlocks } from '../retrieval/plain-text-blocks.ts';
import type { FetchedPage, PageFetcher } from './page-fetcher.ts';

export interface WebSource {
  readonly title: string;
  readonly address: string;
  /** "en.wikipedia.org" */
  readonly source: string;
}

/** What a search engine says of a page. */
export interface SearchHit extends WebSource {
  readonly extract: string;
}

const MOST_PAGES = 4;

/** Reads the first pages that were found, all at once. A page that cannot be read stands with its extract. */
export async function readPages(
  hits: readonly SearchHit[],
  pages: Pick<PageFetcher, 'fetch'>,
  signal: AbortSignal,
): Promise<Candidate<WebSource>[]> {
  const read = await Promise.all(
    hits.map(async (hit, index) => {
      const extract = hit.extract
        ? [{ source: hit, passage: { heading: '', sentences: [hit.extract] } }]
        : [];
      if (index >= MOST_PAGES) return extract;
      try {
        return [...extract, ...(await candidatesOf(await pages.fetch(hit.address, signal), hit))];
      } catch {
        return extract;
      }
    }),
  );
  signal.throwIfAborted();
  return read.flat();
}

async function candidatesOf(page: FetchedPage, hit: SearchHit): Promise<Candidate<WebSource>[]> {
  // Comes with the first page: nobody waits for it at the start.
  const { readableHtml } = await import('../retrieval/readable-html.ts');
  const { title, blocks } =
    page.kind === 'html' ? readableHtml(page.text) : { title: '', blocks: plainTextBlocks(page.text) };
  const source = {
    title: cleanLine(hit.title || title, 150),
    address: page.address,
    source: new URL(page.address).hostname.replace(/^www\./, ''),
  };
  return splitPassages(blocks).map((passage) => ({ source, passage }));
}
