import { join } from 'node:path';
import type { EvaluationSet, Item, SkippedItem } from '../items.ts';
import { insideFolder } from './inside.ts';
import { setError } from './set-error.ts';
import type { FoundFolder } from './set-readers.ts';
import { readTable } from './text-files.ts';

const LIST = /^covost_v2\.([a-z]{2,3}(?:-[A-Za-z]+)?)_([a-z]{2,3}(?:-[A-Za-z]+)?)(\.test)?\.tsv$/;
const published: Readonly<Record<string, string>> = {
  'en zh-CN': 'CoVoST 2 English-to-Chinese',
  'zh-CN en': 'CoVoST 2 Chinese-to-English',
};

export function isCovost({ files, folders }: FoundFolder): boolean {
  return folders.includes('clips') && files.some((name) => LIST.test(name));
}

/**
 * CoVoST 2: its lists (`covost_v2.en_zh-CN.tsv` with the column `split`, or `covost_v2.en_zh-CN.test.tsv`) beside the
 * folder `clips` of Common Voice 4, whose recordings they translate.
 */
export async function readCovost({ path, files }: FoundFolder): Promise<EvaluationSet[]> {
  const lists = files.filter((name) => LIST.test(name));
  const testOnly = lists.filter((name) => name.endsWith('.test.tsv'));
  const chosen = [
    ...testOnly,
    ...lists.filter((name) => !testOnly.includes(name.replace('.tsv', '.test.tsv'))),
  ];
  const sets: EvaluationSet[] = [];
  for (const list of new Set(chosen)) sets.push(await readList(path, list));
  return sets;
}

async function readList(path: string, list: string): Promise<EvaluationSet> {
  const [, from = '', to = '', isTestList] = LIST.exec(list) ?? [];
  const rows = await readTable(join(path, list));
  if (!rows[0]?.cells.has('translation')) throw setError(join(path, list), 'it has no column "translation"');
  const items: Item[] = [];
  const skipped: SkippedItem[] = [];
  for (const { number, cells } of rows) {
    if (!isTestList && cells.get('split') !== 'test') continue;
    const named = cells.get('path') ?? '';
    const sound = insideFolder(join(path, 'clips'), named);
    const reference = cells.get('translation') ?? '';
    if (sound && reference !== '')
      items.push({ task: 'translate', id: named, sound, reference, targetLanguage: to });
    else skipped.push({ id: `${list}, line ${number}`, reason: 'no clip and translation' });
  }
  const row = published[`${from} ${to}`];
  const about = { layout: 'CoVoST 2', task: 'translate', language: from } as const;
  return { name: `CoVoST 2 ${from} to ${to}`, ...about, ...(row ? { published: row } : {}), items, skipped };
}
