import { join } from 'node:path';
import { UserError } from '../../contract/user-errors.ts';
import { blockLayout, quantiseRows } from './block-quantiser.ts';
import { storedTypes, type StoredType } from './checkpoint.ts';
import { float32ToFloat16, widenToFloat32 } from './number-formats.ts';
import type { OpenFiles } from './open-files.ts';
import type { Encoding, PlannedPiece } from './weight-plan.ts';

/** So many bytes are read at once: large enough for the disk, small beside any memory. */
const BLOCK_BYTES = 8 * 1024 * 1024;

/** Some rows to read, to encode and to write; plain data, so that another thread can do it. */
export interface RowBlock {
  readonly tensor: string;
  readonly encoding: Encoding;
  readonly dtype: StoredType;
  readonly rows: number;
  readonly columns: number;
  readonly sourceFile: string;
  readonly sourceOffset: number;
  readonly sourceBytes: number;
  readonly targetFile: string;
  readonly valuesOffset: number;
  readonly scalesOffset: number;
  readonly zeroPointsOffset: number;
}

/** A piece in blocks of whole rows, whatever its size. */
export function* rowBlocksOf(piece: PlannedPiece, folder: string): Generator<RowBlock> {
  const { source, encoding, columns } = piece;
  const rowBytes = columns * storedTypes[source.dtype];
  const rowsAtOnce = Math.max(1, Math.floor(BLOCK_BYTES / Math.max(1, rowBytes)));
  const layout = encoding === 'int4' ? blockLayout(columns, 4) : blockLayout(columns, 8);
  const isPlain = encoding === 'as-stored' || encoding === 'float16';
  const valueBytesPerRow = isPlain ? piece.values.length / piece.rows : layout.codeBytesPerRow;
  for (let row = 0; row < piece.rows; row += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, piece.rows - row);
    yield {
      tensor: source.name,
      encoding,
      dtype: source.dtype,
      rows,
      columns,
      sourceFile: source.file,
      sourceOffset: source.byteOffset + (piece.firstRow + row) * rowBytes,
      sourceBytes: rows * rowBytes,
      targetFile: join(folder, piece.values.file),
      valuesOffset: piece.values.offset + row * valueBytesPerRow,
      scalesOffset: (piece.scales?.offset ?? 0) + row * layout.scaleBytesPerRow,
      zeroPointsOffset: (piece.zeroPoints?.offset ?? 0) + row * layout.zeroPointBytesPerRow,
    };
  }
}

/** Reads, encodes and writes one block. */
export function encodeRowBlock(block: RowBlock, files: OpenFiles): void {
  const stored = new Uint8Array(block.sourceBytes);
  files.read(block.sourceFile, stored, block.sourceOffset);
  if (holdsNonNumbers(stored, block.dtype)) throw unsuitable('model-damaged', block, 'holds no numbers');
  const { encoding, targetFile, valuesOffset } = block;
  if (encoding === 'as-stored') return files.write(targetFile, stored, valuesOffset);
  const values = widenToFloat32(stored, block.dtype);
  if (encoding === 'float16') {
    const halves = float32ToFloat16(values);
    if (holdsNonNumbers(bytesOf(halves), 'F16')) {
      throw unsuitable('model-incompatible', block, 'is too large for float16; convert with float32');
    }
    return files.write(targetFile, bytesOf(halves), valuesOffset);
  }
  const bits = encoding === 'int4' ? 4 : 8;
  const { codes, scales, zeroPoints } = quantiseRows(values, block.rows, block.columns, bits);
  if (holdsNonNumbers(bytesOf(scales), 'F16')) {
    throw unsuitable('model-incompatible', block, 'is too large for blocks; convert with float32');
  }
  files.write(targetFile, codes, valuesOffset);
  files.write(targetFile, bytesOf(scales), block.scalesOffset);
  files.write(targetFile, zeroPoints, block.zeroPointsOffset);
}

/** Infinities, and what is not a number: all bits of the exponent are set. */
function holdsNonNumbers(bytes: Uint8Array, dtype: StoredType): boolean {
  if (dtype === 'F32') {
    const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
    for (let index = 0; index < words.length; index++)
      if ((words[index]! & 0x7f800000) === 0x7f800000) return true;
    return false;
  }
  if (dtype !== 'BF16' && dtype !== 'F16') return false;
  const exponent = dtype === 'BF16' ? 0x7f80 : 0x7c00;
  const halves = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 2);
  for (let index = 0; index < halves.length; index++)
    if ((halves[index]! & exponent) === exponent) return true;
  return false;
}

function bytesOf(values: Uint16Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function unsuitable(code: 'model-damaged' | 'model-incompatible', block: RowBlock, what: string): UserError {
  return new UserError(code, { file: block.sourceFile, reason: `${block.tensor} ${what}` });
}
