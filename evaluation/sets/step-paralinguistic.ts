import { join } from 'node:path';
import { z } from 'zod';
import type { Dimension, EvaluationSet, Item, SkippedItem } from '../items.ts';
import { insideFolder } from './inside.ts';
import { setError } from './set-error.ts';
import type { FoundFolder } from './set-readers.ts';
import { readText } from './text-files.ts';

/** Folders by the columns of the published table. */
const folderDimensions: Readonly<Record<string, Dimension>> = {
  gender: 'Gender',
  age: 'Age',
  voice_tone: 'Timbre',
  scene: 'Scenario',
  event: 'Event',
  emotions: 'Emotion',
  pitch: 'Pitch',
  rhythm: 'Rhythm',
  speed: 'Speed',
  voice_styles: 'Style',
  vocalsound: 'Vocal',
};
/** So many of the folders make it this set. */
const FEWEST_FOLDERS = 3;

const entry = z.object({
  audio: z.string(),
  task: z.object({ label: z.string().min(1), answer: z.string().default('') }),
});

export function isStepParalinguistic({ folders }: FoundFolder): boolean {
  return folders.filter((name) => name in folderDimensions).length >= FEWEST_FOLDERS;
}

/** StepEval-Audio-Paralinguistic: a folder for each dimension with a JSON array of its name and the folder `audio`. */
export async function readStepParalinguistic({ path, folders }: FoundFolder): Promise<EvaluationSet[]> {
  const items: Item[] = [];
  const skipped: SkippedItem[] = [];
  for (const [folder, dimension] of Object.entries(folderDimensions)) {
    if (!folders.includes(folder)) {
      skipped.push({ id: folder, reason: 'the folder is missing' });
      continue;
    }
    for (const [index, value] of (await readEntries(join(path, folder, `${folder}.json`))).entries()) {
      const read = entry.safeParse(value);
      const sound = read.success ? insideFolder(join(path, folder), read.data.audio) : undefined;
      if (!read.success || !sound) {
        skipped.push({ id: `${folder}.json, entry ${index + 1}`, reason: 'no sound and label' });
        continue;
      }
      const { audio, task } = read.data;
      const { label, answer } = task;
      items.push({ task: 'paralinguistic', id: `${folder}/${audio}`, sound, dimension, label, answer });
    }
  }
  const name = 'StepEval-Audio-Paralinguistic';
  return [{ name, layout: name, task: 'paralinguistic', language: 'zh', published: name, items, skipped }];
}

async function readEntries(file: string): Promise<readonly unknown[]> {
  const text = await readText(file);
  try {
    return z.array(z.unknown()).parse(JSON.parse(text));
  } catch (cause) {
    throw setError(file, 'it is no JSON array', cause);
  }
}
