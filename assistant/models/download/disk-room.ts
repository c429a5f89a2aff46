import { mkdir, open, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../../contract/user-errors.ts';
import { diskError } from './disk-error.ts';

/** Left free for everything else on the disk. */
const MARGIN_BYTES = 256 * 1024 * 1024;

/** Bytes that this person may still write below a folder that exists. */
export async function freeBytesAt(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Throws UserError `disk-space-short`. */
export async function requireRoom(
  folder: string,
  bytes: number,
  freeBytes: (folder: string) => Promise<number> = freeBytesAt,
): Promise<void> {
  if (bytes === 0) return;
  const free = await freeBytes(folder);
  const neededBytes = bytes + MARGIN_BYTES;
  if (free < neededBytes) {
    throw new UserError('disk-space-short', { path: folder, neededBytes, freeBytes: free });
  }
}

/** Makes the folder and writes into it. Throws UserError `file-not-writable` or `disk-full`. */
export async function requireWritable(folder: string): Promise<void> {
  const trial = join(folder, `.sotto-${process.pid}-${Date.now()}`);
  try {
    await mkdir(folder, { recursive: true });
    await (await open(trial, 'wx')).close();
    await rm(trial, { force: true });
  } catch (error) {
    throw diskError(error, folder);
  }
}
