import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { EvaluationSet, Item, SkippedItem } from '../items.ts';
import { setError } from './set-error.ts';
import type { FoundFolder } from './set-readers.ts';
import { readLines } from './text-files.ts';

export function isAishellFolder({ files, folders, path }: FoundFolder): boolean {
  return (
    (basename(path) === 'data_aishell' && folders.includes('transcript') && folders.includes('wav')) ||
    (basename(path) === 'transcript' && files.some((name) => name.startsWith('aishell_transcript')))
  );
}

/**
 * AISHELL-1 as it is unpacked; only its test speakers are asked:
 *
 *     data_aishell/transcript/aishell_transcript_v0.8.txt     "BAC009S0764W0121 甚至 出现 交易 几乎 停滞 的 情况"
 *     data_aishell/wav/test/S0764/BAC009S0764W0121.wav
 */
export async function readAishell({ path }: FoundFolder): Promise<EvaluationSet[]> {
  const root = basename(path) === 'transcript' ? dirname(path) : path;
  const list = join(root, 'transcript', 'aishell_transcript_v0.8.txt');
  const test = join(root, 'wav', 'test');
  const speakers = await readdir(test).catch((cause: unknown) => {
    throw setError(test, 'the test speakers are missing; unpack the archives in "wav"', cause);
  });
  const words = new Map<string, string>();
  for (const { text } of await readLines(list)) {
    const [, id = '', reference = ''] = /^(\S+)\s+(.*)$/.exec(text) ?? [];
    words.set(id, reference);
  }
  const items: Item[] = [];
  const skipped: SkippedItem[] = [];
  for (const speaker of speakers.sort()) {
    for (const file of (await readdir(join(test, speaker)).catch(() => [])).sort()) {
      const id = file.replace(/\.(wav|flac)$/, '');
      const reference = words.get(id);
      if (id === file) continue;
      if (reference === undefined) skipped.push({ id, reason: 'no words for it in the transcript' });
      else items.push({ task: 'transcribe', id, sound: join(test, speaker, file), reference });
    }
  }
  const about = { name: 'AISHELL-1 test', layout: 'AISHELL', task: 'transcribe', language: 'zh' } as const;
  return [{ ...about, published: 'AISHELL', items, skipped }];
}
