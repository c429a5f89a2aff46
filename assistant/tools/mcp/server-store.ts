import { readFileSync, renameSync } from 'node:fs';
import { z } from 'zod';
import { damagedFileName } from '../../damaged-file-name.ts';
import { fileError } from '../../file-errors.ts';
import { writeFileAtomically } from '../../write-file-atomically.ts';
import { serverEntry, type ServerEntry } from './server-entry.ts';

const content = z.object({ servers: z.array(z.unknown()) });

/** The servers in a file of their own, readable by its owner alone: environments may hold keys. */
export class ServerStore {
  readonly #path: string;
  readonly #now: () => number;

  constructor(path: string, now: () => number) {
    this.#path = path;
    this.#now = now;
  }

  /** Entries that cannot be understood are left out; a file that is no list is put aside. */
  read(): ServerEntry[] {
    let text: string;
    try {
      text = readFileSync(this.#path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw fileError(error, this.#path);
    }
    const parsed = content.safeParse(asJson(text));
    if (!parsed.success) {
      renameSync(this.#path, damagedFileName(this.#path, this.#now()));
      return [];
    }
    return parsed.data.servers.flatMap((one) => {
      const entry = serverEntry.safeParse(one);
      return entry.success ? [entry.data] : [];
    });
  }

  write(servers: readonly ServerEntry[]): void {
    writeFileAtomically(this.#path, `${JSON.stringify({ servers }, null, 2)}\n`);
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
