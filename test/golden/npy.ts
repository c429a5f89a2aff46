import { readFileSync } from 'node:fs';

export interface NpyArray<T> {
  readonly shape: readonly number[];
  readonly values: T;
}

type Values = Float32Array | Float64Array | Int16Array | Int32Array;

const makers: Record<string, (buffer: ArrayBuffer) => Values> = {
  '<f4': (buffer) => new Float32Array(buffer),
  '<f8': (buffer) => new Float64Array(buffer),
  '<i2': (buffer) => new Int16Array(buffer),
  '<i4': (buffer) => new Int32Array(buffer),
};

/**
 * Reads a golden array from this folder: `readGolden<Float32Array>('logmel_0_0')`.
 * NumPy's .npy format, little endian, C order. The values of an int32 array are an Int32Array, and so on.
 */
export function readGolden<T extends Values = Float32Array>(name: string): NpyArray<T> {
  return readNpy<T>(readFileSync(new URL(`./${name}.npy`, import.meta.url)));
}

/** The same for bytes that were read elsewhere. */
export function readNpy<T extends Values = Float32Array>(bytes: Uint8Array): NpyArray<T> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== 0x934e554d) throw new Error('not an .npy file');
  const longHeader = bytes[6] !== 1;
  const headerStart = longHeader ? 12 : 10;
  const headerLength = longHeader ? view.getUint32(8, true) : view.getUint16(8, true);
  const header = new TextDecoder().decode(bytes.subarray(headerStart, headerStart + headerLength));
  const type = /'descr': *'([^']+)'/.exec(header)?.[1] ?? '';
  const shape = (/'shape': *\(([^)]*)\)/.exec(header)?.[1] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(Number);
  const make = makers[type];
  if (!make || !/'fortran_order': *False/.test(header)) throw new Error(`unsupported .npy array: ${header}`);
  return { shape, values: make(new Uint8Array(bytes.subarray(headerStart + headerLength)).buffer) as T };
}

/** The largest absolute difference between two arrays of one length. */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length)
    throw new Error(`${actual.length} values, expected ${expected.length}`);
  let largest = 0;
  for (let i = 0; i < expected.length; i += 1) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
