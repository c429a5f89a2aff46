import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Why nothing can be said here; empty when it can. */
export function speechMissing(): string {
  return spawnSync('which', ['flite']).status === 0 ? '' : 'flite is not installed';
}

/** A sentence by flite's `awb`, a voice that the starter model was never trained on; returns the WAV file's path. */
export async function synthesise(text: string, folder: string): Promise<string> {
  const path = join(folder, `${text.replace(/[^a-z]+/gi, '-').slice(0, 60)}.wav`);
  await promisify(execFile)('flite', ['-voice', 'awb', '-t', text, '-o', path]);
  return path;
}
