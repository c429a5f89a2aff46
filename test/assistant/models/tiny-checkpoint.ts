import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../golden/step-audio-2-tiny/', import.meta.url));

/** A whole checkpoint in the official layout, a few kilobytes large, by path. */
export function copyTinyCheckpoint(): Record<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(names.map((name) => [name.slice(folder.length), readFileSync(name)]));
}
