import { basename, join } from 'node:path';
import type { EvaluationSet, Item, SkippedItem } from '../items.ts';
import { insideFolder } from './inside.ts';
import type { FoundFolder } from './set-readers.ts';
import { readLines } from './text-files.ts';

const languages: Readonly<Record<string, readonly [language: string, published: string]>> = {
  en_us: ['en', 'FLEURS English'],
  cmn_hans_cn: ['zh', 'FLEURS Chinese'],
  ar_eg: ['ar', 'FLEURS Arabian'],
  ja_jp: ['ja', 'FLEURS Japanese'],
};

/** `test.tsv` lies beside `audio`, which holds `test` once its archive is unpacked. */
export function isFleurs({ path, files, folders }: FoundFolder): boolean {
  return (
    files.includes('test.tsv') && folders.includes('audio') && /^[a-z]{2,3}(_[a-z]+)+$/i.test(basename(path))
  );
}

/**
 * A language of FLEURS, unpacked: `data/en_us/test.tsv` has no heading; its columns are number, file, the sentence as
 * it was written, the sentence in plain lower case, its letters, length and gender. Files lie in `audio/test`.
 */
export async function readFleurs({ path }: FoundFolder): Promise<EvaluationSet[]> {
  const items: Item[] = [];
  const skipped: SkippedItem[] = [];
  const folder = join(path, 'audio', 'test');
  for (const { number, text } of await readLines(join(path, 'test.tsv'))) {
    const [, file = '', written = '', plain = ''] = text.split('\t');
    const sound = insideFolder(folder, file);
    const reference = written || plain;
    if (sound && reference !== '') items.push({ task: 'transcribe', id: file, sound, reference });
    else skipped.push({ id: `test.tsv, line ${number}`, reason: 'no file and sentence' });
  }
  const kind = basename(path).toLowerCase();
  const [language, row] = languages[kind] ?? [kind.split('_')[0] ?? kind, undefined];
  const about = { name: `FLEURS ${kind}`, layout: 'FLEURS', task: 'transcribe', language } as const;
  return [{ ...about, ...(row ? { published: row } : {}), items, skipped }];
}
