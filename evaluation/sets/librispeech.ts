import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { EvaluationSet, Item, SkippedItem } from '../items.ts';
import type { FoundFolder } from './set-readers.ts';
import { readLines } from './text-files.ts';

/** The two test sets of the published tables. */
const published: Readonly<Record<string, string>> = {
  'test-clean': 'LibriSpeech clean',
  'test-other': 'LibriSpeech other',
};

/** A split of LibriSpeech holds folders of speakers, which hold folders of chapters; all are numbers. */
export function isLibriSpeechSplit({ path, folders }: FoundFolder): boolean {
  return (
    /^(dev|test|train)-/.test(basename(path)) &&
    folders.length > 0 &&
    folders.every((name) => /^\d+$/.test(name))
  );
}

/**
 * LibriSpeech as it is unpacked:
 *
 *     test-clean/1089/134686/1089-134686.trans.txt     "1089-134686-0000 HE HOPED THERE WOULD BE STEW"
 *     test-clean/1089/134686/1089-134686-0000.flac
 */
export async function readLibriSpeech({ path, folders }: FoundFolder): Promise<EvaluationSet[]> {
  const items: Item[] = [];
  const skipped: SkippedItem[] = [];
  for (const speaker of folders) {
    for (const chapter of (await readdir(join(path, speaker))).sort()) {
      const folder = join(path, speaker, chapter);
      const files = await readdir(folder).catch(() => []);
      const transcripts = files.find((name) => name.endsWith('.trans.txt'));
      if (!transcripts) {
        skipped.push({ id: `${speaker}-${chapter}`, reason: 'its .trans.txt is missing' });
        continue;
      }
      for (const { number, text } of await readLines(join(folder, transcripts))) {
        const [, id, reference] = /^(\d+-\d+-\d+)\s+(.+)$/.exec(text) ?? [];
        if (!id || !reference) {
          skipped.push({ id: `${transcripts}, line ${number}`, reason: 'no name and words' });
          continue;
        }
        const sound = files.find((name) => name === `${id}.flac` || name === `${id}.wav`) ?? `${id}.flac`;
        items.push({ task: 'transcribe', id, sound: join(folder, sound), reference });
      }
    }
  }
  const split = basename(path);
  const row = published[split];
  const about = { layout: 'LibriSpeech', task: 'transcribe', language: 'en' } as const;
  return [{ name: `LibriSpeech ${split}`, ...about, ...(row ? { published: row } : {}), items, skipped }];
}
