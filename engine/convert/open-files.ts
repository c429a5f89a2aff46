import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { UserError } from '../../contract/user-errors.ts';
import { writingError } from './file-failures.ts';

/** Files that are read or written at many places, each opened once. */
export class OpenFiles {
  readonly #handles = new Map<string, number>();

  /** Fills `target`. */
  read(file: string, target: Uint8Array, offset: number): void {
    const handle = this.#handle(file, 'r');
    let done = 0;
    while (done < target.byteLength) {
      const count = readSync(handle, target, done, target.byteLength - done, offset + done);
      if (count === 0) throw new UserError('model-damaged', { file, reason: 'the file ends early' });
      done += count;
    }
  }

  /** The file is there already. */
  write(file: string, bytes: Uint8Array, offset: number): void {
    const handle = this.#handle(file, 'r+');
    let done = 0;
    try {
      while (done < bytes.byteLength) {
        done += writeSync(handle, bytes, done, bytes.byteLength - done, offset + done);
      }
    } catch (error) {
      throw writingError(error, file);
    }
  }

  close(): void {
    for (const handle of this.#handles.values()) closeSync(handle);
    this.#handles.clear();
  }

  #handle(file: string, flags: 'r' | 'r+'): number {
    const key = `${flags} ${file}`;
    const known = this.#handles.get(key);
    if (known !== undefined) return known;
    const handle = openSync(file, flags);
    this.#handles.set(key, handle);
    return handle;
  }
}
