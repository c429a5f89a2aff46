import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { ByteRanges } from './byte-ranges.ts';
import { readJournal } from './file-journal.ts';
import { listedFile, type ListedFile } from './listed-file.ts';
import type { Listing } from './source.ts';

/** Beside the files, in the half-done folder and in the complete one: what they are and whose word that is. */
export const PLAN_FILE = 'sotto-download.json';

const downloadPlan = z.object({
  version: z.literal(1),
  origin: z.string(),
  host: z.string(),
  revision: z.string(),
  files: z.array(listedFile),
  /** Milliseconds since 1970; in the complete folder. */
  completedAt: z.number().optional(),
});
export type DownloadPlan = Omit<z.infer<typeof downloadPlan>, 'version'>;

/** Undefined where there is none, or none that can be read. */
export async function readPlan(folder: string): Promise<DownloadPlan | undefined> {
  try {
    return downloadPlan.safeParse(JSON.parse(await readFile(join(folder, PLAN_FILE), 'utf8'))).data;
  } catch {
    return undefined;
  }
}

export async function writePlan(folder: string, plan: DownloadPlan): Promise<void> {
  const path = join(folder, PLAN_FILE);
  await writeFile(`${path}.new`, `${JSON.stringify({ version: 1, ...plan }, null, 2)}\n`);
  await rename(`${path}.new`, path);
}

/** Deletes what an earlier plan fetched that is not, or not certainly, what is wanted now. */
export async function dropOutdated(
  folder: string,
  before: DownloadPlan | undefined,
  host: string,
  listing: Listing,
): Promise<void> {
  const wanted = new Map(listing.files.map((file) => [file.path, file]));
  const isSameRevision = before?.host === host && before.revision === listing.revision;
  for (const file of before?.files ?? []) {
    const now = wanted.get(file.path);
    if (now && isSameContent(file, now, isSameRevision)) continue;
    const path = join(folder, ...file.path.split('/'));
    for (const name of [path, `${path}.partial`, `${path}.partial.json`]) await rm(name, { force: true });
  }
}

function isSameContent(before: ListedFile, now: ListedFile, isSameRevision: boolean): boolean {
  if (before.bytes !== now.bytes) return false;
  if (!before.sum && !now.sum) return isSameRevision;
  return before.sum?.value === now.sum?.value;
}

/** How much of a plan lies in its half-done folder. */
export async function receivedBytesOf(folder: string, plan: DownloadPlan): Promise<number> {
  let received = 0;
  for (const file of plan.files) {
    const path = join(folder, ...file.path.split('/'));
    const isThere = (await stat(path).catch(() => undefined))?.size === file.bytes;
    const journal = isThere ? undefined : await readJournal(`${path}.partial.json`);
    received += isThere ? file.bytes : new ByteRanges(journal?.ranges).bytes;
  }
  return received;
}
