import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeWav } from '../../engine/listen/wav-file.ts';

/** A new folder of its own. */
export function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'sotto-evaluation-'));
}

/** A folder with these files, by their paths in it; folders are made as needed. */
export async function madeFolder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await newFolder();
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** A tenth of a second of a tone, told apart by its pitch. */
export function tone(hertz = 440): Uint8Array {
  const samples = Float32Array.from(
    { length: 1600 },
    (_, at) => 0.3 * Math.sin((2 * Math.PI * hertz * at) / 16_000),
  );
  return writeWav(samples, 16_000);
}
