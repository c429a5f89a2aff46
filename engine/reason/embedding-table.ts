import { closeSync, openSync, readSync } from 'node:fs';
import { UserError } from '../../contract/user-errors.ts';
import { widenToFloat32 } from '../convert/number-formats.ts';
import type { Checkpoint, StoredTensor } from '../convert/checkpoint.ts';

const EMBEDDING_NAME = 'model.embed_tokens.weight';
/** A table up to this size is kept in memory; rows of a larger one are read when they are wanted. */
const RESIDENT_BYTES = 16 * 1024 * 1024;

/**
 * Token ids to the decoder's rows, float32 [n, hidden]. The checkpoint's own table is used where it lies: the rows of
 * one prompt are a few kilobytes each, a graph for them would hold the whole table.
 */
export class EmbeddingTable {
  readonly hidden: number;
  readonly vocabulary: number;
  readonly #tensor: StoredTensor;
  readonly #rowBytes: number;
  readonly #resident: Uint8Array | undefined;
  #file: number | undefined;

  constructor(checkpoint: Checkpoint) {
    const tensor = checkpoint.tensors.get(EMBEDDING_NAME);
    const [vocabulary, hidden] = tensor?.shape ?? [];
    if (!tensor || vocabulary === undefined || hidden === undefined) {
      throw new UserError('model-incompatible', { tensor: EMBEDDING_NAME, reason: 'missing tensor' });
    }
    this.#tensor = tensor;
    this.vocabulary = vocabulary;
    this.hidden = hidden;
    this.#rowBytes = tensor.byteLength / vocabulary;
    if (tensor.byteLength <= RESIDENT_BYTES) this.#resident = checkpoint.readBytes(EMBEDDING_NAME);
    else this.#file = openSync(tensor.file, 'r');
  }

  rows(ids: readonly number[]): Float32Array {
    const stored = new Uint8Array(ids.length * this.#rowBytes);
    ids.forEach((id, index) => {
      if (!Number.isInteger(id) || id < 0 || id >= this.vocabulary) throw new RangeError(`no token ${id}`);
      this.#readRow(id, stored.subarray(index * this.#rowBytes, (index + 1) * this.#rowBytes));
    });
    return widenToFloat32(stored, this.#tensor.dtype);
  }

  release(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #readRow(id: number, target: Uint8Array): void {
    const start = id * this.#rowBytes;
    if (this.#resident) {
      target.set(this.#resident.subarray(start, start + this.#rowBytes));
    } else if (
      readSync(this.#file!, target, 0, this.#rowBytes, this.#tensor.byteOffset + start) < this.#rowBytes
    ) {
      throw new UserError('model-damaged', { file: this.#tensor.file, reason: 'the file ends early' });
    }
  }
}
