import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, fsyncSync, openSync, closeSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { VoiceFolder } from './checkpoint-folder.ts';
import type { PackageFile } from './package-manifest.ts';
import type { PackagePlan } from './package-plan.ts';

export const JOURNAL_FILE = 'conversion-journal.jsonl';
/** Changes whenever the same plan would be written differently. */
const WRITER_VERSION = 1;

/** Which files of a conversion are finished, one line each; the first line tells what is converted into what. */
export class ConversionJournal {
  readonly #file: string;

  constructor(folder: string) {
    this.#file = join(folder, JOURNAL_FILE);
  }

  /** Finished files of an earlier run of the same conversion; empty when it was another one. */
  finished(key: string): Map<string, PackageFile> {
    const found = new Map<string, PackageFile>();
    if (!existsSync(this.#file)) return found;
    const [first = '', ...lines] = readFileSync(this.#file, 'utf8').split('\n');
    if (first !== JSON.stringify({ key })) return found;
    for (const line of lines) {
      const entry = readEntry(line);
      if (entry) found.set(entry.path, entry);
    }
    return found;
  }

  begin(key: string): void {
    appendDurably(this.#file, `${JSON.stringify({ key })}\n`);
  }

  /** The file is whole and on the disk. */
  add(file: PackageFile): void {
    appendDurably(this.#file, `${JSON.stringify(file)}\n`);
  }
}

/** Tells apart conversions of other files, other versions of the files, or into another form. */
export function conversionKey(checkpoint: Pick<VoiceFolder, 'folder'>, plan: PackagePlan): string {
  const hash = createHash('sha256').update(`writer ${WRITER_VERSION}\n`);
  const sources = new Set(plan.copies.map(({ from }) => from));
  for (const file of plan.weights) {
    hash.update(`${file.path} ${file.bytes}\n`);
    for (const { source, encoding, firstRow, rows, values } of file.pieces) {
      const from = `${source.dtype} ${source.byteOffset} ${firstRow} ${rows}`;
      hash.update(`${source.name} ${from} ${encoding} ${values.offset} ${values.length}\n`);
      sources.add(source.file);
    }
  }
  for (const source of sources) {
    const { size, mtimeMs } = statSync(source);
    hash.update(`${source.slice(checkpoint.folder.length)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** A line that was cut off when the machine stopped counts for nothing. */
function readEntry(line: string): PackageFile | undefined {
  try {
    const { path, bytes, sha256 } = JSON.parse(line) as Partial<PackageFile>;
    return path !== undefined && bytes !== undefined && sha256 !== undefined
      ? { path, bytes, sha256 }
      : undefined;
  } catch {
    return undefined;
  }
}

function appendDurably(file: string, text: string): void {
  const handle = openSync(file, 'a', 0o644);
  try {
    appendFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
