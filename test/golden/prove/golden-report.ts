import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { firstLine } from '../../../engine/onnx/session.ts';
import { readNpy, type NpyArray } from '../npy.ts';

type Numbers = Float32Array | Int32Array | Int16Array;
type Verdict = 'ok' | 'FAILED' | 'MISSING';

interface Row {
  readonly stage: string;
  readonly name: string;
  readonly shape?: string;
  readonly absolute?: string;
  readonly relative?: string;
  readonly tolerance?: string;
  readonly verdict: Verdict;
  readonly remark?: string;
}

/** How far two arrays are apart. */
export interface Difference {
  readonly absolute: number;
  /** Of the largest expected value. */
  readonly relative: number;
  readonly meanSquareRoot: number;
}

/** An array or list that the golden set lacks. */
class NotInSet extends Error {}

/** Compares results with a golden set and remembers every verdict; what nobody compared is missing. */
export class GoldenReport {
  readonly folder: string;
  readonly #rows: Row[] = [];
  readonly #compared = new Set<string>();

  constructor(folder: string) {
    this.folder = folder;
  }

  has(name: string): boolean {
    return existsSync(join(this.folder, 'expected', `${name}.npy`));
  }

  /** Names of the set's arrays that begin so, without the beginning. */
  namesAfter(start: string): string[] {
    const names = this.#arrayNames().filter((name) => name.startsWith(start));
    return names.map((name) => name.slice(start.length));
  }

  array<T extends Numbers = Float32Array>(name: string): NpyArray<T> {
    return readNpy(this.#expected(`${name}.npy`)) as unknown as NpyArray<T>;
  }

  json<T>(name: string): T {
    return JSON.parse(this.#expected(`${name}.json`).toString()) as T;
  }

  /** Input files, for example a WAV. */
  input(name: string): Uint8Array {
    return readFileSync(join(this.folder, 'inputs', name));
  }

  inputNames(): string[] {
    return readdirSync(join(this.folder, 'inputs')).sort();
  }

  /** Runs one part of the proof. What it throws is a failed row, and the other parts go on. */
  async part(stage: string, name: string, prove: () => void | Promise<void>): Promise<void> {
    try {
      await prove();
    } catch (error) {
      const verdict = error instanceof NotInSet ? 'MISSING' : 'FAILED';
      this.#rows.push({ stage, name, verdict, remark: reasonOf(error) });
    }
  }

  /** The largest difference must stay within the tolerance; 0 asks for equality. */
  compare(stage: string, name: string, actual: ArrayLike<number>, tolerance: number, remark?: string): void {
    if (!this.has(name)) {
      this.#rows.push({ stage, name, verdict: 'MISSING', remark: 'not in the set' });
      return;
    }
    const expected = this.array<Numbers>(name);
    this.#compared.add(name);
    const { absolute, relative } = difference(actual, expected.values);
    this.#rows.push({
      stage,
      name,
      shape: expected.shape.join('x'),
      absolute: absolute.toExponential(1),
      relative: relative.toExponential(1),
      tolerance: String(tolerance),
      verdict: absolute <= tolerance ? 'ok' : 'FAILED',
      ...(remark === undefined ? {} : { remark }),
    });
  }

  /** Variants that a set need not have. */
  compareIfThere(stage: string, name: string, actual: ArrayLike<number>, tolerance: number): void {
    if (this.has(name)) this.compare(stage, name, actual, tolerance);
  }

  /** Arrays that are given and not computed: inputs, and what turned out to have no effect. */
  given(...names: string[]): void {
    for (const name of names) this.#compared.add(name);
  }

  /** Structured results must be the same. */
  same(stage: string, name: string, actual: unknown, expected: unknown): void {
    const verdict = isDeepStrictEqual(actual, expected) ? 'ok' : 'FAILED';
    this.#rows.push({ stage, name, tolerance: 'equal', verdict });
  }

  /** Prints the table; true when everything was compared and agrees. */
  print(): boolean {
    for (const name of this.#arrayNames().filter((other) => !this.#compared.has(other))) {
      this.#rows.push({ stage: '', name, verdict: 'MISSING', remark: 'not compared' });
    }
    for (const row of this.#rows) {
      const { stage, name, shape = '', absolute = '', relative = '', tolerance = '', verdict, remark } = row;
      const cells = [
        stage.padEnd(10),
        name.padEnd(32),
        shape.padEnd(14),
        absolute.padEnd(8),
        relative.padEnd(8),
        tolerance.padEnd(8),
        verdict,
        ...(remark === undefined ? [] : [`(${remark})`]),
      ];
      process.stdout.write(`${cells.join(' ')}\n`);
    }
    const bad = this.#rows.filter((row) => row.verdict !== 'ok').length;
    process.stdout.write(`${this.#rows.length - bad} of ${this.#rows.length} agree\n`);
    return bad === 0;
  }

  #arrayNames(): string[] {
    const files = readdirSync(join(this.folder, 'expected')).filter((file) => file.endsWith('.npy'));
    return files.map((file) => file.slice(0, -'.npy'.length)).sort();
  }

  #expected(file: string): Buffer {
    const path = join(this.folder, 'expected', file);
    if (!existsSync(path)) throw new NotInSet(`the set has no ${file}`);
    return readFileSync(path);
  }
}

/** Arrays of different lengths, and numbers that are none, are infinitely far apart. */
export function difference(actual: ArrayLike<number>, expected: ArrayLike<number>): Difference {
  let absolute = actual.length === expected.length ? 0 : Infinity;
  let [largest, squares] = [0, 0];
  for (let index = 0; index < expected.length; index++) {
    const distance = Math.abs(actual[index]! - expected[index]!);
    if (!(distance <= absolute)) absolute = Number.isNaN(distance) ? Infinity : distance;
    squares += distance * distance;
    largest = Math.max(largest, Math.abs(expected[index]!));
  }
  const meanSquareRoot = Math.sqrt(squares / expected.length);
  return { absolute, relative: absolute / (largest || 1), meanSquareRoot };
}

function reasonOf(error: unknown): string {
  const details = (error as { details?: unknown }).details;
  return details === undefined ? firstLine(error) : `${firstLine(error)} ${JSON.stringify(details)}`;
}
