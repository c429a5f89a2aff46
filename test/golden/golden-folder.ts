import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readNpy, type NpyArray } from './npy.ts';

/** The whole golden set lies beside the repository, or where SOTTO_GOLDEN says; the repository has a small part. */
export const goldenFolder =
  process.env['SOTTO_GOLDEN'] ??
  fileURLToPath(new URL('../../../shared/reference/golden-a', import.meta.url));
export const hasGoldenFolder = existsSync(join(goldenFolder, 'expected'));

/** An array from the set's `expected` folder. */
export function readExpected<T extends Float32Array | Int32Array | Int16Array = Float32Array>(
  name: string,
): NpyArray<T> {
  return readNpy(readFileSync(join(goldenFolder, 'expected', `${name}.npy`))) as unknown as NpyArray<T>;
}
