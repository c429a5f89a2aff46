import { float16ToFloat32, float32ToFloat16 } from './number-formats.ts';

/** Weights that share a scale. */
export const QUANTISED_BLOCK = 32;

/** Sizes of a quantised matrix [rows, columns]; the last block of a row is padded. */
export interface BlockLayout {
  readonly blocksPerRow: number;
  readonly codeBytesPerRow: number;
  readonly scaleBytesPerRow: number;
  readonly zeroPointBytesPerRow: number;
  readonly blockBytes: number;
}

export function blockLayout(columns: number, bits: 4 | 8): BlockLayout {
  const blocksPerRow = Math.ceil(columns / QUANTISED_BLOCK);
  const blockBytes = (QUANTISED_BLOCK * bits) / 8;
  return {
    blocksPerRow,
    blockBytes,
    codeBytesPerRow: blocksPerRow * blockBytes,
    scaleBytesPerRow: blocksPerRow * 2,
    zeroPointBytesPerRow: Math.ceil((blocksPerRow * bits) / 8),
  };
}

/** A weight is (code - zero point) * scale. Laid out as MatMulNBits wants it; in half bytes the low half is first. */
export interface QuantisedRows {
  readonly codes: Uint8Array;
  /** float16 */
  readonly scales: Uint16Array;
  readonly zeroPoints: Uint8Array;
}

/**
 * Rows of a matrix in blocks of whole numbers. The range of a block always holds zero, its scale is fitted to the codes
 * by least squares, and a zero point of its own lets lopsided blocks use every code (measured on normal weights: 8.5 %
 * of the root mean square at four bits, against 10 % without zero points).
 *
 * @param values float32 [rows, columns]
 */
export function quantiseRows(
  values: Float32Array,
  rows: number,
  columns: number,
  bits: 4 | 8,
): QuantisedRows {
  const layout = blockLayout(columns, bits);
  const codes = new Uint8Array(rows * layout.codeBytesPerRow);
  const scales = new Float32Array(rows * layout.blocksPerRow);
  const zeros = new Uint8Array(rows * layout.blocksPerRow);
  fitBlocks(values, rows, columns, bits === 4 ? 15 : 255, scales, zeros);
  const halves = float32ToFloat16(scales);
  const rounded = float16ToFloat32(halves);
  const write = bits === 4 ? writeHalfBytes : writeBytes;
  for (let row = 0; row < rows; row++) {
    for (let block = 0; block < layout.blocksPerRow; block++) {
      const at = row * layout.blocksPerRow + block;
      const first = block * QUANTISED_BLOCK;
      const count = Math.min(QUANTISED_BLOCK, columns - first);
      const inverse = rounded[at] === 0 ? 0 : 1 / rounded[at]!;
      write(values, row * columns + first, count, inverse, zeros[at]!, codes, at * layout.blockBytes);
    }
  }
  return { codes, scales: halves, zeroPoints: bits === 4 ? packHalfBytes(zeros, rows, layout) : zeros };
}

function fitBlocks(
  values: Float32Array,
  rows: number,
  columns: number,
  highest: number,
  scales: Float32Array,
  zeros: Uint8Array,
): void {
  let at = 0;
  for (let row = 0; row < rows; row++) {
    const rowEnd = (row + 1) * columns;
    for (let start = row * columns; start < rowEnd; start += QUANTISED_BLOCK, at++) {
      const end = Math.min(start + QUANTISED_BLOCK, rowEnd);
      let low = 0;
      let high = 0;
      for (let index = start; index < end; index++) {
        const value = values[index]!;
        if (value < low) low = value;
        else if (value > high) high = value;
      }
      const step = (high - low) / highest;
      if (step === 0) continue;
      const inverse = 1 / step;
      const zero = Math.round(-low * inverse);
      let product = 0;
      let square = 0;
      for (let index = start; index < end; index++) {
        const value = values[index]!;
        let code = (value * inverse + zero + 0.5) | 0;
        if (code > highest) code = highest;
        const whole = code - zero;
        product += whole * value;
        square += whole * whole;
      }
      scales[at] = square === 0 ? step : product / square;
      zeros[at] = zero;
    }
  }
}

type BlockWriter = (
  values: Float32Array,
  start: number,
  count: number,
  inverse: number,
  zero: number,
  codes: Uint8Array,
  at: number,
) => void;

const writeBytes: BlockWriter = (values, start, count, inverse, zero, codes, at) => {
  for (let index = 0; index < count; index++) {
    const code = (values[start + index]! * inverse + zero + 0.5) | 0;
    codes[at + index] = code < 0 ? 0 : code > 255 ? 255 : code;
  }
  codes.fill(zero, at + count, at + QUANTISED_BLOCK);
};

const writeHalfBytes: BlockWriter = (values, start, count, inverse, zero, codes, at) => {
  const half = (index: number): number => {
    if (index >= count) return zero;
    const code = (values[start + index]! * inverse + zero + 0.5) | 0;
    return code < 0 ? 0 : code > 15 ? 15 : code;
  };
  for (let index = 0; index < QUANTISED_BLOCK; index += 2) {
    codes[at + (index >> 1)] = half(index) | (half(index + 1) << 4);
  }
};

/** Zero points two in a byte; each row begins a byte of its own. */
function packHalfBytes(zeros: Uint8Array, rows: number, layout: BlockLayout): Uint8Array {
  const packed = new Uint8Array(rows * layout.zeroPointBytesPerRow);
  for (let row = 0; row < rows; row++) {
    for (let block = 0; block < layout.blocksPerRow; block++) {
      const zero = zeros[row * layout.blocksPerRow + block]!;
      packed[row * layout.zeroPointBytesPerRow + (block >> 1)]! |= zero << ((block & 1) * 4);
    }
  }
  return packed;
}

/** The numbers that the codes stand for, float32 [rows, columns]. */
export function widenRows(
  { codes, scales, zeroPoints }: QuantisedRows,
  rows: number,
  columns: number,
  bits: 4 | 8,
): Float32Array {
  const { blocksPerRow, codeBytesPerRow, zeroPointBytesPerRow } = blockLayout(columns, bits);
  const steps = float16ToFloat32(scales);
  const values = new Float32Array(rows * columns);
  const piece = (bytes: Uint8Array, start: number, index: number): number =>
    bits === 8 ? bytes[start + index]! : (bytes[start + (index >> 1)]! >> ((index & 1) * 4)) & 15;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const block = Math.floor(column / QUANTISED_BLOCK);
      const code = piece(codes, row * codeBytesPerRow, column);
      const zero = piece(zeroPoints, row * zeroPointBytesPerRow, block);
      values[row * columns + column] = (code - zero) * steps[row * blocksPerRow + block]!;
    }
  }
  return values;
}
