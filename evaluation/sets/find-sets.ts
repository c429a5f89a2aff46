import { readdir, stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { UserError } from '../../contract/user-errors.ts';
import { describeError } from '../../headless/error-words.ts';
import type { EvaluationSet } from '../items.ts';
import { setReaders, type FoundFolder } from './set-readers.ts';

const DEEPEST_FOLDER = 6;
const MOST_FOLDERS = 20_000;

export interface FindOptions {
  /** Take only the voices of test commands that no training ever heard. */
  readonly heldOutOnly: boolean;
}

export interface FoundSets {
  readonly sets: readonly EvaluationSet[];
  /** Places that look like a set but cannot be read, with the reason. */
  readonly problems: readonly string[];
}

/**
 * Every set below a folder, or the one that a file is. Each folder is shown to the readers of all layouts; what one of
 * them takes is not looked into any further. Links are not followed.
 *
 * @throws UserError evaluation-sets-missing, evaluation-set-wrong
 */
export async function findSets(path: string, options: FindOptions, signal: AbortSignal): Promise<FoundSets> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new UserError('evaluation-sets-missing', { path }, { cause });
  });
  if (found.isFile()) return { sets: await readListed(resolve(path), options), problems: [] };
  const sets: EvaluationSet[] = [];
  const problems: string[] = [];
  const waiting = [{ folder: resolve(path), depth: 0 }];
  for (let looked = 0; waiting.length > 0 && looked < MOST_FOLDERS; looked += 1) {
    signal.throwIfAborted();
    const { folder, depth } = waiting.shift()!;
    const shown = await lookInto(folder);
    const reader = setReaders.find(({ recognises }) => recognises(shown));
    try {
      if (reader) sets.push(...(await reader.read(shown, options)));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(describeError(error));
    }
    if (reader?.takesFolders || depth === DEEPEST_FOLDER) continue;
    waiting.push(...shown.folders.map((name) => ({ folder: join(folder, name), depth: depth + 1 })));
  }
  if (sets.length === 0 && problems.length === 0) throw new UserError('evaluation-sets-missing', { path });
  return { sets: namedApart(sets), problems };
}

async function readListed(path: string, options: FindOptions): Promise<EvaluationSet[]> {
  const folder = await lookInto(join(path, '..'));
  const name = path.slice(folder.path.length + 1);
  const only: FoundFolder = { path: folder.path, files: [name], folders: [] };
  const reader =
    extname(name) === '.jsonl' ? setReaders.find(({ recognises }) => recognises(only)) : undefined;
  if (!reader) throw new UserError('evaluation-set-wrong', { path, reason: 'a list ends in .jsonl' });
  return reader.read(only, options);
}

async function lookInto(path: string): Promise<FoundFolder> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
  const named = (kind: 'isFile' | 'isDirectory'): string[] => {
    return entries
      .filter((entry) => entry[kind]() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .sort();
  };
  return { path: resolve(path), files: named('isFile'), folders: named('isDirectory') };
}

/** Two sets of one name would share one file of answers. */
function namedApart(sets: readonly EvaluationSet[]): EvaluationSet[] {
  const seen = new Map<string, number>();
  return sets.map((set) => {
    const times = (seen.get(set.name) ?? 0) + 1;
    seen.set(set.name, times);
    return times === 1 ? set : { ...set, name: `${set.name} (${times})` };
  });
}
