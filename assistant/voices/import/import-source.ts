import { readFile, readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, isAbsolute, join, resolve, sep } from 'node:path';
import { UserError } from '../../../contract/user-errors.ts';
import { openVoicePack } from '../pack/read-voice-pack.ts';
import type { ImportItem, ImportSource } from './import-item.ts';
import { parseManifest, type ManifestLine } from './manifest.ts';

const MOST_FILE_BYTES = 200_000_000;
const MOST_MANIFEST_BYTES = 200_000_000;
const MOST_FILES = 500_000;
const DEEPEST_FOLDER = 12;

/**
 * What a path holds: one sound, the sounds of a folder and the folders in it, those that a manifest names, or those of a
 * voice pack. Links in folders are not followed.
 *
 * @throws UserError audio-file-missing, manifest-wrong, voice-pack-damaged, import-empty
 */
export async function importSource(path: string, signal: AbortSignal): Promise<ImportSource> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new UserError('audio-file-missing', { path }, { cause });
  });
  if (found.isDirectory()) return folderSource(path, signal);
  const kind = extname(path).toLowerCase();
  if (kind === '.zip') return openVoicePack(path);
  if (kind === '.csv' || kind === '.tsv' || kind === '.jsonl')
    return manifestSource(path, found.size, kind.slice(1) as 'csv' | 'tsv' | 'jsonl');
  return { total: 1, items: () => [fileItem(path)] };
}

async function folderSource(folder: string, signal: AbortSignal): Promise<ImportSource> {
  const paths: string[] = [];
  const look = async (place: string, depth: number): Promise<void> => {
    signal.throwIfAborted();
    for (const entry of await readdir(place, { withFileTypes: true })) {
      if (paths.length >= MOST_FILES) return;
      const path = join(place, entry.name);
      if (entry.isDirectory() && depth < DEEPEST_FOLDER) await look(path, depth + 1);
      else if (entry.isFile() && extname(entry.name).toLowerCase() === '.wav') paths.push(path);
    }
  };
  await look(folder, 0);
  if (paths.length === 0) throw new UserError('import-empty', { path: folder });
  return { total: paths.length, items: () => paths.sort().map((path) => fileItem(path)) };
}

async function manifestSource(
  path: string,
  bytes: number,
  kind: 'csv' | 'tsv' | 'jsonl',
): Promise<ImportSource> {
  if (bytes > MOST_MANIFEST_BYTES)
    throw new UserError('manifest-wrong', { path, line: 1, reason: 'too-long' });
  const lines = parseManifest(await readFile(path, 'utf8'), kind, path);
  if (lines.length === 0) throw new UserError('import-empty', { path });
  const folder = await realpath(dirname(resolve(path)));
  return { total: lines.length, items: () => lines.map((line) => manifestItem(line, folder)) };
}

/** A manifest names what lies beside it, and nothing else of this machine. */
function manifestItem(line: ManifestLine, folder: string): ImportItem {
  const { path: named, ...facts } = line;
  const path = resolve(folder, named);
  const read = async () => {
    if (isAbsolute(named) || !path.startsWith(folder + sep))
      throw new UserError('import-outside', { path: named });
    const real = await realpath(path).catch(() => path);
    if (!real.startsWith(folder + sep)) throw new UserError('import-outside', { path: named });
    return readSound(path);
  };
  const name = facts.description.name || nameOf(path);
  return { ...facts, path: named, read, description: { ...facts.description, name } };
}

function fileItem(path: string): ImportItem {
  return { path, read: () => readSound(path), description: { name: nameOf(path) } };
}

async function readSound(path: string): Promise<Uint8Array> {
  const { size } = await stat(path).catch((cause: unknown) => {
    throw new UserError('audio-file-missing', { path }, { cause });
  });
  if (size > MOST_FILE_BYTES) throw new UserError('audio-too-long', { path, limitSeconds: 30 });
  return readFile(path);
}

function nameOf(path: string): string {
  return basename(path, extname(path)).replaceAll('_', ' ').slice(0, 120);
}
