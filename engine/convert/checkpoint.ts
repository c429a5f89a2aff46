import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { UserError } from '../../contract/user-errors.ts';
import { widenToFloat32 } from './number-formats.ts';

/** Number formats of checkpoints that the converter understands, with their sizes in bytes. */
export const storedTypes = { F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, I8: 1, U8: 1, BOOL: 1 } as const;
export type StoredType = keyof typeof storedTypes;

export interface StoredTensor {
  readonly name: string;
  readonly dtype: StoredType;
  readonly shape: readonly number[];
  /** The file that holds the bytes, which lie there in one run. */
  readonly file: string;
  /** Counted from the start of the file. */
  readonly byteOffset: number;
  readonly byteLength: number;
}

/** Named tensors in files; only their places are kept in memory. */
export class Checkpoint {
  readonly tensors: ReadonlyMap<string, StoredTensor>;

  constructor(tensors: ReadonlyMap<string, StoredTensor>) {
    this.tensors = tensors;
  }

  /** Little endian bytes as stored. */
  readBytes(name: string): Uint8Array {
    const tensor = this.tensors.get(name);
    if (!tensor) throw new UserError('model-incompatible', { file: '', tensor: name });
    const bytes = new Uint8Array(tensor.byteLength);
    readExactly(tensor.file, bytes, tensor.byteOffset);
    return bytes;
  }

  readFloat32(name: string): Float32Array {
    const bytes = this.readBytes(name);
    return widenToFloat32(bytes, this.tensors.get(name)!.dtype);
  }
}

/** Fills `target` from `offset` on; returns the file's size. */
export function readExactly(file: string, target: Uint8Array, offset: number): number {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (cause) {
    throw unreadable(file, cause);
  }
  try {
    let done = 0;
    while (done < target.byteLength) {
      const count = readSome(file, handle, target.subarray(done), offset + done);
      if (count === 0) throw new UserError('model-damaged', { file, reason: 'the file ends early' });
      done += count;
    }
    return fstatSync(handle).size;
  } finally {
    closeSync(handle);
  }
}

function readSome(file: string, handle: number, target: Uint8Array, offset: number): number {
  try {
    return readSync(handle, target, 0, target.byteLength, offset);
  } catch (cause) {
    throw unreadable(file, cause);
  }
}

/** A folder in the place of a file, missing rights, a broken disk. */
function unreadable(file: string, cause: unknown): UserError {
  const reason = (cause as NodeJS.ErrnoException).code ?? 'it cannot be read';
  return new UserError('model-damaged', { file, reason }, { cause });
}
