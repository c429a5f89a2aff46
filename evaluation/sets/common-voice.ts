import { basename, dirname, join } from 'node:path';
import type { EvaluationSet, Item, SkippedItem } from '../items.ts';
import { insideFolder } from './inside.ts';
import { setError } from './set-error.ts';
import type { FoundFolder } from './set-readers.ts';
import { readTable } from './text-files.ts';

/** What the tables call a language of Common Voice. */
const published: Readonly<Record<string, string>> = { en: 'Common Voice', yue: 'Common Voice yue' };

export function isCommonVoice({ files, folders }: FoundFolder): boolean {
  return files.includes('test.tsv') && folders.includes('clips');
}

/**
 * A language of Common Voice: `test.tsv` with a heading (`client_id`, `path`, `sentence`, ...) and the folder `clips`.
 * The language is the folder's name, or the column `locale`.
 */
export async function readCommonVoice({ path }: FoundFolder): Promise<EvaluationSet[]> {
  const list = join(path, 'test.tsv');
  const rows = await readTable(list);
  const [first] = rows;
  if (!first?.cells.has('path') || !first.cells.has('sentence'))
    throw setError(list, 'it has no columns "path" and "sentence"');
  const items: Item[] = [];
  const skipped: SkippedItem[] = [];
  const clips = join(path, 'clips');
  for (const { number, cells } of rows) {
    const named = cells.get('path') ?? '';
    // Older releases leave the ending out.
    const sound = insideFolder(clips, named.includes('.') ? named : `${named}.mp3`);
    const reference = cells.get('sentence') ?? '';
    if (!sound || named === '')
      skipped.push({ id: `test.tsv, line ${number}`, reason: 'no clip beside the list' });
    else if (reference === '') skipped.push({ id: named, reason: 'no sentence' });
    else items.push({ task: 'transcribe', id: named, sound, reference });
  }
  const language = languageOf(path, first.cells.get('locale') ?? '');
  const row = published[language];
  const name = `Common Voice ${language}`;
  const about = { name, layout: 'Common Voice', task: 'transcribe', language } as const;
  return [{ ...about, ...(row ? { published: row } : {}), items, skipped }];
}

function languageOf(path: string, locale: string): string {
  if (locale !== '') return locale;
  const near = [basename(path), basename(dirname(path))].find((name) =>
    /^[a-z]{2,3}(-[A-Za-z]+)?$/.test(name),
  );
  return near ?? 'en';
}
