import { open, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../../contract/user-errors.ts';
import { diskError } from './disk-error.ts';

const BEAT_MS = 5000;
/** Whoever has not been heard of for so long is gone, killed perhaps. */
const STALE_MS = 30_000;

/** Keeps two copies of Sotto from writing the same files. Resolves to a function that gives the folder back. */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'sotto.lock');
  try {
    const modified = (await stat(path).catch(() => undefined))?.mtimeMs;
    if (modified !== undefined && Date.now() - modified > STALE_MS) await rm(path, { force: true });
    await (await open(path, 'wx')).close();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw diskError(error, path);
    throw new UserError('download-elsewhere', { folder }, { cause: error });
  }
  const beat = setInterval(() => {
    const now = new Date();
    // A missed beat is no trouble; a folder that is gone is noticed by whoever writes there.
    utimes(path, now, now).catch(() => {});
  }, BEAT_MS);
  return async () => {
    clearInterval(beat);
    await rm(path, { force: true });
  };
}
