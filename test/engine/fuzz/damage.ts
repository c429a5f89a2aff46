import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../../contract/user-errors.ts';

/** Numbers that readers of lengths and places stumble over. */
const EXTREMES = [
  0n,
  1n,
  0x7fn,
  0xffn,
  0x7fffffffn,
  0x80000000n,
  0xffffffffn,
  2n ** 53n,
  2n ** 63n,
  2n ** 64n - 1n,
];
/** Nothing that a small damaged file says may take longer, or need more memory. */
const LONGEST_MS = 2000;
const MOST_BYTES = 256 * 1024 * 1024;

type Change = (bytes: Uint8Array) => Uint8Array;

const at = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const placed = (bytes: Uint8Array, share: number) => Math.floor(share * bytes.length);

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(at, fc.nat(255)).map(([share, value]): Change => (bytes) => {
    const copy = bytes.slice();
    copy[placed(copy, share)] = value;
    return copy;
  }),
  at.map(
    (share): Change =>
      (bytes) =>
        bytes.slice(0, placed(bytes, share)),
  ),
  fc.tuple(at, fc.uint8Array({ minLength: 1, maxLength: 12 })).map(([share, extra]): Change => (bytes) => {
    const place = placed(bytes, share);
    return Uint8Array.of(...bytes.subarray(0, place), ...extra, ...bytes.subarray(place));
  }),
  fc.tuple(at, at).map(([from, to]): Change => (bytes) => {
    const [start, end] = [placed(bytes, Math.min(from, to)), placed(bytes, Math.max(from, to))];
    return Uint8Array.of(...bytes.subarray(0, end), ...bytes.subarray(start));
  }),
  fc
    .tuple(at, fc.constantFrom(...EXTREMES), fc.constantFrom(2, 4, 8))
    .map(([share, value, width]): Change => (bytes) => {
      const copy = bytes.slice();
      const place = placed(copy, share);
      for (let index = 0; index < width && place + index < copy.length; index++)
        copy[place + index] = Number((value >> BigInt(8 * index)) & 0xffn);
      return copy;
    }),
);

/** A whole file with one to four things wrong with it. */
export function damaged(whole: Uint8Array): fc.Arbitrary<Uint8Array> {
  return fc
    .array(change, { minLength: 1, maxLength: 4 })
    .map((changes) => changes.reduce((bytes, apply) => (bytes.length === 0 ? bytes : apply(bytes)), whole));
}

export const seeded = (numRuns: number) => ({ numRuns, seed: 20261121 });

/** Reads; the only failure that may come out is one that a person can be told. Quickly, and without much memory. */
export function survives(read: () => unknown): void {
  const [start, before] = [performance.now(), memoryInUse()];
  try {
    read();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  const [took, grown] = [performance.now() - start, memoryInUse() - before];
  if (took > LONGEST_MS) throw new Error(`it took ${Math.round(took)} ms`);
  if (grown > MOST_BYTES) throw new Error(`it needed ${grown} bytes`);
}

function memoryInUse(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** What a refusal says, by code; anything but a UserError is thrown on. */
export function refusal(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof UserError) return error.code;
    throw error;
  }
  return 'accepted';
}

export function temporaryFolder(): { folder: string; dispose: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-fuzz-'));
  return { folder, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}
