import {
  closeSync,
  existsSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * Records that must outlive a process that is killed: one JSON object a line, only ever added to. A last line that was
 * cut off is taken away when the file is opened, and what it said is done again.
 */
export class LineLog<T extends { readonly key: string }> {
  readonly #file: number;
  readonly #records = new Map<string, T>();

  constructor(path: string) {
    mkdirSync(dirname(path), { recursive: true });
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    this.#file = openSync(path, 'a+');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (fstatSync(this.#file).size > Buffer.byteLength(whole))
      ftruncateSync(this.#file, Buffer.byteLength(whole));
    for (const line of whole.split('\n')) this.#read(line);
  }

  get(key: string): T | undefined {
    return this.#records.get(key);
  }

  get size(): number {
    return this.#records.size;
  }

  add(record: T): void {
    this.#records.set(record.key, record);
    // One write, so that a line is there whole or cut off at its end.
    writeSync(this.#file, `${JSON.stringify(record)}\n`);
  }

  close(): void {
    closeSync(this.#file);
  }

  #read(line: string): void {
    try {
      const record = JSON.parse(line) as T;
      if (typeof record.key === 'string') this.#records.set(record.key, record);
    } catch {
      // A line that something else wrote is no record; what it might have said is done again.
    }
  }
}
