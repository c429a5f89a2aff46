import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../../contract/user-errors.ts';
import { fileError } from '../../file-errors.ts';

/** The sounds of the library: `<first two digits>/<SHA-256>.wav` in one folder. */
export class ClipFiles {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  pathOf(hash: string): string {
    return join(this.folder, hash.slice(0, 2), `${hash}.wav`);
  }

  /** @throws UserError voice-missing */
  read(hash: string): Uint8Array {
    try {
      return readFileSync(this.pathOf(hash));
    } catch (cause) {
      throw new UserError('voice-missing', { voiceId: hash, path: this.pathOf(hash) }, { cause });
    }
  }

  /** @throws UserError disk-full, file-not-writable */
  keep(hash: string, bytes: Uint8Array): void {
    const path = this.pathOf(hash);
    if (existsSync(path)) return;
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.partial`, bytes);
      renameSync(`${path}.partial`, path);
    } catch (error) {
      throw fileError(error, path);
    }
  }

  remove(hash: string): void {
    rmSync(this.pathOf(hash), { force: true });
  }
}

export function contentHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
