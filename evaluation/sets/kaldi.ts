import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import type { EvaluationSet, Item, SkippedItem } from '../items.ts';
import { setError } from './set-error.ts';
import type { FoundFolder } from './set-readers.ts';
import { readLines } from './text-files.ts';

/** Names by which folders of published sets are commonly called. */
const published: readonly (readonly [RegExp, string])[] = [
  [/aishell-?2/i, 'AISHELL-2'],
  [/aishell(?!-?[2-9])/i, 'AISHELL'],
  [/test_meeting|wenetspeech.*meeting/i, 'WenetSpeech meeting'],
  [/test_net|wenetspeech.*net/i, 'WenetSpeech net'],
  [/kespeech/i, 'KeSpeech phase1'],
];

export function isKaldiFolder({ files }: FoundFolder): boolean {
  return files.includes('wav.scp') && files.includes('text');
}

/**
 * A data folder of Kaldi: `wav.scp` names a file for each utterance and `text` says what is in it. Files are taken where
 * they are named, relative to the folder or whole. A line that is a command (it ends in `|`) is never run.
 */
export async function readKaldi({ path }: FoundFolder): Promise<EvaluationSet[]> {
  const skipped: SkippedItem[] = [];
  const sounds = new Map<string, string>();
  for (const { number, text } of await readLines(join(path, 'wav.scp'))) {
    const [, id, named = ''] = /^(\S+)\s+(.+?)\s*$/.exec(text) ?? [];
    if (!id) skipped.push({ id: `wav.scp, line ${number}`, reason: 'no name and file' });
    else if (named.endsWith('|'))
      skipped.push({ id, reason: 'a command instead of a file; commands are not run' });
    else sounds.set(id, isAbsolute(named) ? named : resolve(path, named));
  }
  const items: Item[] = [];
  for (const { text } of await readLines(join(path, 'text'))) {
    const [, id = '', reference = ''] = /^(\S+)\s*(.*)$/.exec(text) ?? [];
    const sound = sounds.get(id);
    if (sound) items.push({ task: 'transcribe', id, sound, reference });
    else if (!skipped.some((one) => one.id === id)) skipped.push({ id, reason: 'not in wav.scp' });
  }
  if (items.length === 0) throw setError(join(path, 'wav.scp'), 'none of its files has words in "text"');
  const near = join(basename(dirname(path)), basename(path));
  return [
    {
      name: basename(path) === 'test' ? near.replaceAll('\\', '/') : basename(path),
      layout: 'Kaldi',
      task: 'transcribe',
      ...languageAndRow(path, items),
      items,
      skipped,
    },
  ];
}

/** Chinese where the words are mostly Han characters, else English: Kaldi's folders do not say. */
function languageAndRow(path: string, items: readonly Item[]): Pick<EvaluationSet, 'language' | 'published'> {
  const words = items.slice(0, 100).map((item) => ('reference' in item ? item.reference : ''));
  const text = words.join('');
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (han * 2 < letters) return { language: 'en' };
  const row = published.find(([name]) => name.test(path))?.[1];
  return row ? { language: 'zh', published: row } : { language: 'zh' };
}
