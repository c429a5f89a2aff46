import { readFileSync, rmSync } from 'node:fs';
import { UserError } from '../../contract/user-errors.ts';
import { fileError } from '../file-errors.ts';
import { writeFileAtomically } from '../write-file-atomically.ts';

/**
 * One secret in a file of its own, readable by its owner alone: it is in no settings, no state that interfaces are
 * told, no export and no log.
 */
export class SecretStore {
  private readonly path: string;
  /** Goes before the file, for machines that must not keep it. */
  private readonly given: string | undefined;

  constructor(path: string, given: string | undefined) {
    this.path = path;
    this.given = given || undefined;
  }

  /** Empty where there is none. Read anew each time: the command line may have changed it. */
  get(): string {
    if (this.given !== undefined) return this.given;
    try {
      return readFileSync(this.path, 'utf8').trim();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
      throw fileError(error, this.path);
    }
  }

  /** An empty one is forgotten. Throws UserError `bad-request`, `disk-full` or `file-not-writable`. */
  set(text: string): void {
    const secret = text.trim();
    if (!/^[!-~]*$/.test(secret)) throw new UserError('bad-request', { setting: 'key' });
    if (secret === '') rmSync(this.path, { force: true });
    else writeFileAtomically(this.path, `${secret}\n`);
  }
}
