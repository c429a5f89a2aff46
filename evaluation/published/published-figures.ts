import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const table = z.object({
  id: z.string(),
  title: z.string(),
  task: z.enum(['transcribe', 'translate', 'paralinguistic', 'tool', 'converse']),
  source: z.object({ title: z.string(), url: z.string(), table: z.string() }),
  unit: z.string(),
  lowerIsBetter: z.boolean(),
  /** Models. */
  columns: z.array(z.string()),
  /** Sets or dimensions, with a value for each column; null where none was published. */
  rows: z.array(z.object({ name: z.string(), values: z.array(z.number().nullable()) })),
  note: z.string(),
});
export type PublishedTable = z.infer<typeof table>;

/** What others published, with where it stands (`figures.json`). */
export function publishedTables(): PublishedTable[] {
  const file = join(import.meta.dirname, 'figures.json');
  return z.object({ tables: z.array(table) }).parse(JSON.parse(readFileSync(file, 'utf8'))).tables;
}
