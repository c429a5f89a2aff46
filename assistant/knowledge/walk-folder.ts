import { lstat, opendir } from 'node:fs/promises';
import { extname, join } from 'node:path';

export interface WalkedFile {
  readonly path: string;
  readonly modifiedMs: number;
  readonly bytes: number;
}

const READ = new Set(['.md', '.markdown', '.txt', '.text', '.html', '.htm', '.xhtml', '.pdf']);
const SKIPPED = /^(?:\.|node_modules$|__pycache__$|\$RECYCLE\.BIN$)/i;
export const MOST_FILES = 20_000;
const DEEPEST = 24;

/** The readable files below a folder. Links are not followed, and hidden folders are left alone. */
export async function walkFolder(folder: string, signal: AbortSignal): Promise<WalkedFile[]> {
  const found: WalkedFile[] = [];
  const waiting = [{ path: folder, depth: 0 }];
  for (let next = waiting.pop(); next && found.length < MOST_FILES; next = waiting.pop()) {
    for await (const entry of await openOrSkip(next.path, next.depth)) {
      signal.throwIfAborted();
      const path = join(next.path, entry.name);
      if (SKIPPED.test(entry.name)) continue;
      if (entry.isDirectory() && next.depth < DEEPEST) waiting.push({ path, depth: next.depth + 1 });
      if (!entry.isFile() || !READ.has(extname(entry.name).toLowerCase()) || found.length >= MOST_FILES)
        continue;
      const { mtimeMs, size } = await lstat(path);
      found.push({ path, modifiedMs: mtimeMs, bytes: size });
    }
  }
  return found;
}

/** A folder below that may not be read is passed over; the folder itself is not. */
async function openOrSkip(path: string, depth: number) {
  try {
    return await opendir(path);
  } catch (error) {
    if (depth === 0) throw error;
    return [];
  }
}
