import { readFile, rename, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import { fileSum } from './listed-file.ts';

/** What is known about a half-fetched file; it lies beside it. */
const journal = z.object({
  version: z.literal(1),
  bytes: z.number().int().min(0),
  sum: fileSum.optional(),
  host: z.string(),
  /** What the server calls this state of the content. */
  validator: z.string().optional(),
  ranges: z.array(z.object({ start: z.number().int().min(0), end: z.number().int().min(0) })),
});
export type FileJournal = Omit<z.infer<typeof journal>, 'version'>;

/** Undefined where there is none, or none that can be trusted. */
export async function readJournal(path: string): Promise<FileJournal | undefined> {
  try {
    const parsed = journal.safeParse(JSON.parse(await readFile(path, 'utf8')));
    const isPossible = parsed.data?.ranges.every((range) => range.end <= parsed.data.bytes);
    return isPossible ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

/** The journal holds either its old or its new text. */
export async function writeJournal(path: string, content: FileJournal): Promise<void> {
  await writeFile(`${path}.new`, JSON.stringify({ version: 1, ...content }));
  await rename(`${path}.new`, path);
}
