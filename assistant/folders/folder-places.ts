import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { basename, join } from 'node:path';
import type { FolderListing } from '../../contract/folder-calls.ts';

export type FolderPlace = FolderListing['places'][number];

/** Home, and the drives that are mounted now. Paths are the real ones, without links. */
export function folderPlaces(platform: NodeJS.Platform = process.platform): FolderPlace[] {
  const home = realpathSync(homedir());
  const drives = drivePaths(platform)
    .flatMap(realPath)
    .filter((path) => path !== home);
  const places: FolderPlace[] = [{ kind: 'home', name: basename(home), path: home }];
  for (const path of new Set(drives)) places.push({ kind: 'drive', name: basename(path) || path, path });
  return places;
}

function drivePaths(platform: NodeJS.Platform): string[] {
  if (platform === 'win32') {
    const letters = Array.from({ length: 26 }, (_, index) => `${String.fromCharCode(65 + index)}:\\`);
    return letters.filter((drive) => existsSync(drive));
  }
  if (platform === 'darwin') return foldersIn('/Volumes');
  const { username } = userInfo();
  const shared = foldersIn('/media').filter((path) => basename(path) !== username);
  const own = [...foldersIn(`/media/${username}`), ...foldersIn(`/run/media/${username}`)];
  return [...own, ...shared, ...foldersIn('/mnt')];
}

function foldersIn(parent: string): string[] {
  try {
    return readdirSync(parent, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
      .map(({ name }) => join(parent, name));
  } catch {
    // No such parent on this system, or not ours to see: no drives there.
    return [];
  }
}

function realPath(path: string): string[] {
  try {
    const real = realpathSync(path);
    // "Macintosh HD" is a link to the whole system.
    return real === '/' ? [] : [real];
  } catch {
    return [];
  }
}
