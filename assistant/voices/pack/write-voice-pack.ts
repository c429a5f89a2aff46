import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { Zip, ZipPassThrough } from 'fflate';
import type { PackProgress } from '../../../contract/voices.ts';
import { UserError } from '../../../contract/user-errors.ts';
import { fileError } from '../../file-errors.ts';
import type { ClipLibrary } from '../clips/clip-library.ts';
import { describedIn, type ClipRow } from '../clips/clip-rows.ts';
import { PACK_LIST, packLimits, packPath, type PackList } from './pack-format.ts';

/**
 * Writes a voice pack, clip by clip; sound is stored as it is, because it hardly gets smaller. An abort leaves nothing.
 *
 * @throws UserError voice-pack-too-large, file-not-writable, disk-full
 */
export async function* writeVoicePack(
  library: ClipLibrary,
  rows: readonly ClipRow[],
  path: string,
  signal: AbortSignal,
): AsyncGenerator<PackProgress> {
  if (rows.length > packLimits.clips) throw tooLarge(path);
  const partial = `${path}.partial`;
  const file = opened(partial);
  let isFinished = false;
  try {
    let written = 0;
    const zip = new Zip((error, chunk) => {
      if (error) throw error;
      writeSync(file, chunk);
      written += chunk.length;
    });
    const clips: PackList['clips'] = [];
    for (const [done, row] of rows.entries()) {
      signal.throwIfAborted();
      const bytes = library.files.read(row.hash);
      if (written + bytes.length > packLimits.totalBytes) throw tooLarge(path);
      store(zip, packPath(row.hash), bytes);
      const { source, licence, hash: sha256 } = row;
      clips.push({ ...describedIn(row), sha256, bytes: bytes.length, source, licence });
      yield { done: done + 1, total: rows.length };
      await new Promise((resolve) => setImmediate(resolve));
    }
    store(zip, PACK_LIST, new TextEncoder().encode(JSON.stringify({ format: 'sotto-voice-pack-1', clips })));
    zip.end();
    isFinished = true;
  } catch (error) {
    throw fileError(error, path);
  } finally {
    closeSync(file);
    if (!isFinished) rmSync(partial, { force: true });
  }
  renameSync(partial, path);
  yield { done: rows.length, total: rows.length, path };
}

function store(zip: Zip, name: string, bytes: Uint8Array): void {
  const entry = new ZipPassThrough(name);
  zip.add(entry);
  entry.push(bytes, true);
}

function opened(path: string): number {
  try {
    return openSync(path, 'w', 0o600);
  } catch (error) {
    const known = fileError(error, path);
    throw known instanceof UserError ? known : new UserError('file-not-writable', { path }, { cause: error });
  }
}

function tooLarge(path: string): UserError {
  return new UserError('voice-pack-too-large', { path, limit: packLimits.clips });
}
