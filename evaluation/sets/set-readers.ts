import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EvaluationSet } from '../items.ts';
import { isAishellFolder, readAishell } from './aishell.ts';
import { isCommonVoice, readCommonVoice } from './common-voice.ts';
import { isCovost, readCovost } from './covost.ts';
import type { FindOptions } from './find-sets.ts';
import { isFleurs, readFleurs } from './fleurs.ts';
import { isKaldiFolder, readKaldi } from './kaldi.ts';
import { isLibriSpeechSplit, readLibriSpeech } from './librispeech.ts';
import { readManifestSets } from './manifest.ts';
import { isStarterCommand, readStarterCommands } from './starter-commands.ts';
import { isStepParalinguistic, readStepParalinguistic } from './step-paralinguistic.ts';
import { isStepToolcall, readStepToolcall } from './step-toolcall.ts';

/** What lies directly in a folder. */
export interface FoundFolder {
  readonly path: string;
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

export interface SetReader {
  /** By names alone: cheap enough for every folder. */
  readonly recognises: (folder: FoundFolder) => boolean;
  readonly read: (folder: FoundFolder, options: FindOptions) => Promise<EvaluationSet[]>;
  /** Whether the folders in it belong to the set. */
  readonly takesFolders: boolean;
}

/** Layouts with names of their own come before those that any folder may have. */
export const setReaders: readonly SetReader[] = [
  { recognises: isLibriSpeechSplit, read: readLibriSpeech, takesFolders: true },
  { recognises: isStepParalinguistic, read: readStepParalinguistic, takesFolders: true },
  { recognises: isStepToolcall, read: readStepToolcall, takesFolders: true },
  { recognises: isAishellFolder, read: readAishell, takesFolders: true },
  { recognises: isKaldiFolder, read: readKaldi, takesFolders: true },
  { recognises: isFleurs, read: readFleurs, takesFolders: true },
  { recognises: isCovost, read: readCovostAndCommonVoice, takesFolders: true },
  { recognises: isCommonVoice, read: readCommonVoice, takesFolders: true },
  {
    recognises: ({ files }) => files.some((name) => name.endsWith('.jsonl')),
    read: async ({ path, files }, options) => {
      const lists = files.filter((name) => name.endsWith('.jsonl')).map((name) => join(path, name));
      const sets: EvaluationSet[] = [];
      for (const list of lists) sets.push(...(await readList(list, options)));
      return sets;
    },
    takesFolders: true,
  },
];

async function readList(path: string, { heldOutOnly }: FindOptions): Promise<EvaluationSet[]> {
  const [first = ''] = (await readFile(path, 'utf8')).split('\n', 1);
  return isStarterCommand(first) ? readStarterCommands(path, heldOutOnly) : readManifestSets(path);
}

/** Both lists lie beside the same clips. */
async function readCovostAndCommonVoice(folder: FoundFolder): Promise<EvaluationSet[]> {
  const translations = await readCovost(folder);
  return isCommonVoice(folder) ? [...translations, ...(await readCommonVoice(folder))] : translations;
}
