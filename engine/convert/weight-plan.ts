import type { StoredTensor } from './checkpoint.ts';

/** How a tensor lies in a package. */
export type Encoding = 'as-stored' | 'float16' | 'int8' | 'int4';

/** A run of bytes in one of the package's files. */
export interface Place {
  /** Path in the package. */
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

/** Some rows of one tensor of the checkpoint, and where they go. */
export interface PlannedPiece {
  readonly source: StoredTensor;
  readonly encoding: Encoding;
  readonly firstRow: number;
  readonly rows: number;
  /** Numbers in a row: all axes but the first. */
  readonly columns: number;
  /** The numbers themselves, or the codes of blocks. */
  readonly values: Place;
  /** Of blocks. */
  readonly scales?: Place;
  readonly zeroPoints?: Place;
}

/** One file of weights, with what is written before its first tensor. */
export interface PlannedFile {
  readonly path: string;
  readonly preamble: Uint8Array;
  readonly bytes: number;
  readonly pieces: readonly PlannedPiece[];
}

export const ALIGNMENT_BYTES = 4096;
/** Small enough to be copied, hashed or written again in seconds; well below what any file system or mapping takes. */
export const LARGEST_FILE_BYTES = 512 * 1024 * 1024;

export interface NewPiece extends Omit<PlannedPiece, 'values' | 'scales' | 'zeroPoints'> {
  readonly lengths: { readonly values: number; readonly scales?: number; readonly zeroPoints?: number };
}

/** Lays pieces one after the other into files of a common name, each piece aligned, no file larger than `limit`. */
export class FileLayout {
  readonly #pathOf: (number: number) => string;
  readonly #limit: number;
  readonly #files: { path: string; bytes: number; pieces: PlannedPiece[] }[] = [];

  constructor(pathOf: (number: number) => string, limit: number) {
    this.#pathOf = pathOf;
    this.#limit = limit;
  }

  add(piece: NewPiece): PlannedPiece {
    const { lengths, ...rest } = piece;
    const total = Object.values(lengths).reduce((sum, length) => sum + aligned(length), 0);
    let file = this.#files.at(-1);
    if (!file || aligned(file.bytes) + total > this.#limit) {
      file = { path: this.#pathOf(this.#files.length + 1), bytes: 0, pieces: [] };
      this.#files.push(file);
    }
    const place = (length: number): Place => {
      const offset = aligned(file.bytes);
      file.bytes = offset + length;
      return { file: file.path, offset, length };
    };
    const planned: PlannedPiece = {
      ...rest,
      values: place(lengths.values),
      ...(lengths.scales === undefined ? {} : { scales: place(lengths.scales) }),
      ...(lengths.zeroPoints === undefined ? {} : { zeroPoints: place(lengths.zeroPoints) }),
    };
    file.pieces.push(planned);
    return planned;
  }

  files(): PlannedFile[] {
    return this.#files.map((file) => ({ ...file, preamble: new Uint8Array() }));
  }
}

export function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
}
