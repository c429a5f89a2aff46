import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync, statfsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../../contract/user-errors.ts';
import { writingError } from './file-failures.ts';
import { MANIFEST_FILE } from './package-manifest.ts';

/** Room left to the system beside what is written. */
const SPARE_BYTES = 64 * 1024 * 1024;

/** Beside the package to be, so that finishing is one renaming. What lies there can be gone on with. */
export function workFolderOf(outputFolder: string): string {
  const whole = resolve(outputFolder);
  return join(dirname(whole), `.${basename(whole)}.converting`);
}

/** Deletes what an unfinished conversion has written; a finished package stays. */
export function discardConversion(outputFolder: string): void {
  rmSync(workFolderOf(outputFolder), { recursive: true, force: true });
}

/** Nothing but an earlier package, or nothing at all, may be where the package goes. */
export function requireReplaceable(outputFolder: string): void {
  if (!existsSync(outputFolder)) return;
  let names: string[];
  try {
    names = readdirSync(outputFolder);
  } catch (cause) {
    throw new UserError('model-folder-taken', { path: outputFolder }, { cause });
  }
  if (names.length > 0 && !names.includes(MANIFEST_FILE)) {
    throw new UserError('model-folder-taken', { path: outputFolder });
  }
}

export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw writingError(error, folder);
  }
}

/** Bytes that this user may still write where `folder` is or will be. */
export function freeBytes(folder: string): number {
  let existing = resolve(folder);
  while (!existsSync(existing) && dirname(existing) !== existing) existing = dirname(existing);
  const { bavail, bsize } = statfsSync(existing);
  return bavail * bsize;
}

/** @throws UserError disk-space-short */
export function requireSpace(folder: string, neededBytes: number, free: number): void {
  if (neededBytes + SPARE_BYTES <= free) return;
  const needed = neededBytes + SPARE_BYTES;
  throw new UserError('disk-space-short', { path: folder, neededBytes: needed, freeBytes: free });
}

/** Puts the finished package in its place. Whatever was there goes only once the new one is complete. */
export function moveIntoPlace(workFolder: string, outputFolder: string): void {
  const replaced = `${workFolder.replace(/\.converting$/, '')}.replaced`;
  try {
    rmSync(replaced, { recursive: true, force: true });
    if (existsSync(outputFolder)) {
      if (readdirSync(outputFolder).length === 0) rmdirSync(outputFolder);
      else renameSync(outputFolder, replaced);
    }
    renameSync(workFolder, outputFolder);
    rmSync(replaced, { recursive: true, force: true });
  } catch (error) {
    throw writingError(error, outputFolder);
  }
}
