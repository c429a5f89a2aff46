import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, isAbsolute, sep } from 'node:path';
import type { FolderListing } from '../../contract/folder-calls.ts';
import { UserError } from '../../contract/user-errors.ts';
import { folderPlaces, type FolderPlace } from './folder-places.ts';

/** More are no help to somebody who is looking for one. */
const MOST_FOLDERS = 1000;

/**
 * The folders in `path`, by name. What lies outside of the places is not told, not even whether it is there: then, and
 * where nothing was asked for, home is listed.
 *
 * @throws UserError folder-unreadable
 */
export async function listFolders(
  path: string,
  hidden: boolean,
  signal: AbortSignal,
  places: readonly FolderPlace[] = folderPlaces(),
): Promise<FolderListing> {
  const folder = (await reachable(path, places)) ?? places[0]!.path;
  signal.throwIfAborted();
  const entries = await namesIn(folder);
  const folders: FolderListing['folders'] = [];
  for (const entry of entries) {
    if (isHidden(entry.name) && !hidden) continue;
    signal.throwIfAborted();
    const child = join(folder, entry.name);
    if (entry.isDirectory() || (entry.isSymbolicLink() && (await reachable(child, places)))) {
      folders.push({ name: entry.name, path: child });
    }
  }
  folders.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  const isTop = places.some((place) => place.path === folder && !isWithin(dirname(folder), places));
  return {
    path: folder,
    ...(isTop ? {} : { parent: dirname(folder) }),
    folders: folders.slice(0, MOST_FOLDERS),
    isCutOff: folders.length > MOST_FOLDERS,
    places: [...places],
  };
}

/** The real path of a folder that lies in one of the places; undefined for anything else. */
async function reachable(path: string, places: readonly FolderPlace[]): Promise<string | undefined> {
  if (!isAbsolute(path) || path.includes('\0')) return undefined;
  try {
    const real = await realpath(path);
    if (!isWithin(real, places)) return undefined;
    return (await stat(real)).isDirectory() ? real : undefined;
  } catch {
    // It is not there, or not ours to see: the same to whoever asks.
    return undefined;
  }
}

function isWithin(path: string, places: readonly FolderPlace[]): boolean {
  return places.some((place) => {
    const way = relative(place.path, path);
    return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
  });
}

async function namesIn(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    throw new UserError('folder-unreadable', { path: folder }, { cause });
  }
}

/** Unix has no other mark, and what Windows hides is of no use here either. */
function isHidden(name: string): boolean {
  return name.startsWith('.') || name.startsWith('$') || name === 'System Volume Information';
}
