import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { cleanLine } from '../retrieval/clean-text.ts';
import { splitPassages, type Passage } from '../retrieval/passages.ts';
import { plainTextBlocks } from '../retrieval/plain-text-blocks.ts';
import { decodePage } from '../web-search/decode-page.ts';
import { pdfBlocks } from './pdf-blocks.ts';

const LARGEST_TEXT_BYTES = 5_000_000;
const LARGEST_PDF_BYTES = 40_000_000;

/** Why a file was left aside, in a few words. */
export class Unreadable extends Error {}

/** The name of a file as it may be shown and said. */
export function documentTitle(path: string): string {
  return cleanLine(basename(path), 150) || 'a file';
}

/** The passages of one file. Throws `Unreadable`. */
export async function readDocument(path: string, bytes: number, signal: AbortSignal): Promise<Passage[]> {
  const kind = extname(path).toLowerCase();
  if (bytes > (kind === '.pdf' ? LARGEST_PDF_BYTES : LARGEST_TEXT_BYTES)) throw new Unreadable('too large');
  const content = await readFile(path, { signal });
  if (kind === '.pdf') return splitPassages(await pdfBlocks(content, signal));
  if (content.subarray(0, 4096).includes(0) && content[0] !== 0xff && content[0] !== 0xfe)
    throw new Unreadable('no text');
  const text = decodePage(content, '');
  if (!/html?$/.test(kind)) return splitPassages(plainTextBlocks(text));
  const { readableHtml } = await import('../retrieval/readable-html.ts');
  return splitPassages(readableHtml(text).blocks);
}
