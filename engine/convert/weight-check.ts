import { Random } from '../reason/random.ts';

/** Errors relative to the size of what is right, by the form of a weight. */
export const valueTolerance = { exact: 0, F16: 1e-3, int8: 2e-2, int4: 0.25 } as const;
/** Blocks are multiplied with rounded inputs, see `accuracy_level`. */
export const productTolerance = { exact: 1e-4, F16: 3e-3, int8: 3e-2, int4: 0.3 } as const;

/** Rows looked at in each weight: enough to meet every step of its layout. */
const ROWS = 64;
const INPUTS = 2;

export interface RowWindow {
  readonly first: number;
  readonly count: number;
}

/** Where to look: somewhere else in every weight, always the same for one name. */
export function windowOf(name: string, rows: number): RowWindow {
  const count = Math.min(ROWS, rows);
  return { first: Math.floor(randomOf(name).next() * (rows - count + 1)), count };
}

/** Made-up inputs, float32 [2, columns], between -1 and 1. */
export function inputsFor(name: string, columns: number): Float32Array {
  return randomNumbers(name, INPUTS * columns);
}

export function randomNumbers(name: string, count: number): Float32Array {
  const random = randomOf(name);
  return Float32Array.from({ length: count }, () => 2 * random.next() - 1);
}

function randomOf(name: string): Random {
  let seed = 0x811c9dc5;
  for (const letter of name) seed = Math.imul(seed ^ letter.codePointAt(0)!, 0x01000193) >>> 0;
  return new Random(seed);
}

/** x [n, columns] times rows [count, columns] in double precision: [n, count]. */
export function multiply(x: Float32Array, rows: Float32Array, columns: number): Float32Array {
  const count = rows.length / columns;
  const result = new Float32Array((x.length / columns) * count);
  for (let input = 0; input < x.length / columns; input++) {
    for (let row = 0; row < count; row++) {
      let sum = 0;
      for (let column = 0; column < columns; column++) {
        sum += x[input * columns + column]! * rows[row * columns + column]!;
      }
      result[input * count + row] = sum;
    }
  }
  return result;
}

/** Root mean square of the difference over that of what is right; infinite where a number is missing. */
export function relativeError(actual: ArrayLike<number>, right: ArrayLike<number>): number {
  if (actual.length !== right.length) return Infinity;
  let difference = 0;
  let size = 0;
  for (let index = 0; index < right.length; index++) {
    difference += (actual[index]! - right[index]!) ** 2;
    size += right[index]! ** 2;
  }
  if (difference === 0) return 0;
  const error = Math.sqrt(difference / (size || 1));
  return Number.isNaN(error) ? Infinity : error;
}
