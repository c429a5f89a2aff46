import { closeSync, openSync, readSync } from 'node:fs';
import { UserError } from '../../contract/user-errors.ts';
import { widenToFloat32 } from '../convert/number-formats.ts';
import { storedTypes, type Checkpoint, type StoredTensor } from '../convert/checkpoint.ts';
import { embeddingParts } from '../convert/embedding-files.ts';

/** A table up to this size is kept in memory; rows of a larger one are read when they are wanted. */
const RESIDENT_BYTES = 16 * 1024 * 1024;

/**
 * Token ids to the decoder's rows, float32 [n, hidden]. The checkpoint's own table is used where it lies: the rows of
 * one prompt are a few kilobytes each, a graph for them would hold the whole table.
 */
export class EmbeddingTable {
  readonly hidden: number;
  readonly vocabulary: number;
  readonly #dtype: StoredTensor['dtype'];
  readonly #rowBytes: number;
  readonly #parts: readonly TablePart[];

  constructor(checkpoint: Checkpoint) {
    const tensors = embeddingParts(checkpoint.tensors);
    const [, hidden] = tensors[0]?.shape ?? [];
    if (!tensors[0] || !hidden || tensors.some((part) => part.shape[1] !== hidden)) {
      throw new UserError('model-incompatible', {
        tensor: 'model.embed_tokens.weight',
        reason: 'missing tensor',
      });
    }
    this.hidden = hidden;
    this.vocabulary = tensors.reduce((sum, part) => sum + part.shape[0]!, 0);
    this.#dtype = tensors[0].dtype;
    this.#rowBytes = hidden * storedTypes[this.#dtype];
    const bytes = tensors.reduce((sum, part) => sum + part.byteLength, 0);
    let firstRow = 0;
    this.#parts = tensors.map((tensor) => {
      const part: TablePart = { tensor, firstRow };
      if (bytes <= RESIDENT_BYTES) part.resident = checkpoint.readBytes(tensor.name);
      else part.file = openSync(tensor.file, 'r');
      firstRow += tensor.shape[0]!;
      return part;
    });
  }

  rows(ids: readonly number[]): Float32Array {
    const stored = new Uint8Array(ids.length * this.#rowBytes);
    ids.forEach((id, index) => {
      if (!Number.isInteger(id) || id < 0 || id >= this.vocabulary) throw new RangeError(`no token ${id}`);
      this.#readRow(id, stored.subarray(index * this.#rowBytes, (index + 1) * this.#rowBytes));
    });
    return widenToFloat32(stored, this.#dtype);
  }

  release(): void {
    for (const part of this.#parts) {
      if (part.file !== undefined) closeSync(part.file);
      part.file = undefined;
    }
  }

  #readRow(id: number, target: Uint8Array): void {
    const part = this.#parts.findLast(({ firstRow }) => firstRow <= id)!;
    const start = (id - part.firstRow) * this.#rowBytes;
    if (part.resident) {
      target.set(part.resident.subarray(start, start + this.#rowBytes));
    } else if (
      readSync(part.file!, target, 0, this.#rowBytes, part.tensor.byteOffset + start) < this.#rowBytes
    ) {
      throw new UserError('model-damaged', { file: part.tensor.file, reason: 'the file ends early' });
    }
  }
}

/** Rows of the table that lie in one run: large tables are cut over several files. */
interface TablePart {
  readonly tensor: StoredTensor;
  readonly firstRow: number;
  resident?: Uint8Array;
  file?: number;
}
