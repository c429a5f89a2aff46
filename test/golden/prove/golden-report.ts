import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { readNpy, type NpyArray } from '../npy.ts';

type Numbers = Float32Array | Int32Array | Int16Array;

interface Row {
  readonly stage: string;
  readonly name: string;
  readonly shape: string;
  readonly absolute: string;
  readonly relative: string;
  readonly tolerance: string;
  readonly verdict: 'ok' | 'FAILED' | 'MISSING';
}

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

  array<T extends Numbers = Float32Array>(name: string): NpyArray<T> {
    return readNpy(readFileSync(join(this.folder, 'expected', `${name}.npy`))) as unknown as NpyArray<T>;
  }

  json<T>(name: string): T {
    return JSON.parse(readFileSync(join(this.folder, 'expected', `${name}.json`), 'utf8')) as T;
  }

  /** Input files, for example a WAV. */
  input(name: string): Uint8Array {
    return readFileSync(join(this.folder, 'inputs', name));
  }

  /** The largest difference must stay within the tolerance; 0 asks for equality. */
  compare(stage: string, name: string, actual: ArrayLike<number>, tolerance: number): void {
    const { values, shape } = this.array<Numbers>(name);
    this.#compared.add(name);
    let absolute = actual.length === values.length ? 0 : Infinity;
    let largest = 0;
    for (let index = 0; index < values.length; index++) {
      const difference = Math.abs(actual[index]! - values[index]!);
      if (!(difference <= absolute)) absolute = Number.isNaN(difference) ? Infinity : difference;
      largest = Math.max(largest, Math.abs(values[index]!));
    }
    this.#rows.push({
      stage,
      name,
      shape: shape.join('x'),
      absolute: absolute.toExponential(1),
      relative: (absolute / (largest || 1)).toExponential(1),
      tolerance: String(tolerance),
      verdict: absolute <= tolerance ? 'ok' : 'FAILED',
    });
  }

  /** Arrays that are given and not computed: inputs, and what turned out to have no effect. */
  given(...names: string[]): void {
    for (const name of names) this.#compared.add(name);
  }

  /** Structured results must be the same. */
  same(stage: string, name: string, actual: unknown, expected: unknown): void {
    const verdict = isDeepStrictEqual(actual, expected) ? 'ok' : 'FAILED';
    this.#rows.push({ stage, name, shape: '', absolute: '', relative: '', tolerance: 'equal', verdict });
  }

  /** Prints the table; true when everything was compared and agrees. */
  print(): boolean {
    const known = readdirSync(join(this.folder, 'expected')).filter((file) => file.endsWith('.npy'));
    const missing = known.map((file) => file.slice(0, -4)).filter((name) => !this.#compared.has(name));
    for (const name of missing) {
      const shape = this.array<Numbers>(name).shape.join('x');
      this.#rows.push({
        stage: '',
        name,
        shape,
        absolute: '',
        relative: '',
        tolerance: '',
        verdict: 'MISSING',
      });
    }
    for (const row of this.#rows) {
      const { stage, name, shape, absolute, relative, tolerance, verdict } = row;
      const cells = [
        stage.padEnd(10),
        name.padEnd(32),
        shape.padEnd(14),
        absolute.padEnd(8),
        relative.padEnd(8),
      ];
      process.stdout.write(`${cells.join(' ')} ${tolerance.padEnd(7)} ${verdict}\n`);
    }
    const bad = this.#rows.filter((row) => row.verdict !== 'ok').length;
    process.stdout.write(`${this.#rows.length - bad} of ${this.#rows.length} agree\n`);
    return bad === 0;
  }
}
