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
  const padded = layout.blocksPerRow * QUANTISED_BLOCK;
  const numbers = padded === columns ? values : paddedRows(values, rows, columns, padded);
  const blocks = rows * layout.blocksPerRow;
  const codes = new Uint8Array(rows * layout.codeBytesPerRow);
  const scales = new Uint16Array(blocks);
  const zeros = new Uint8Array(blocks);
  const steps = new Float32Array(BLOCKS_AT_ONCE);
  for (let first = 0; first < blocks; first += BLOCKS_AT_ONCE) {
    const count = Math.min(BLOCKS_AT_ONCE, blocks - first);
    fitBlocks(numbers, first, count, bits === 4 ? 15 : 255, steps, zeros);
    const halves = float32ToFloat16(steps.subarray(0, count));
    scales.set(halves, first);
    const rounded = float16ToFloat32(halves);
    if (bits === 4) writeHalfBytes(numbers, first, count, rounded, zeros, codes);
    else writeBytes(numbers, first, count, rounded, zeros, codes);
  }
  return { codes, scales, zeroPoints: bits === 4 ? packHalfBytes(zeros, rows, layout) : zeros };
}

/** What is fitted is soon written: so much stays in the processor's cache. */
const BLOCKS_AT_ONCE = 512;

function paddedRows(values: Float32Array, rows: number, columns: number, padded: number): Float32Array {
  const result = new Float32Array(rows * padded);
  for (let row = 0; row < rows; row++) {
    result.set(values.subarray(row * columns, (row + 1) * columns), row * padded);
  }
  return result;
}

/** Scales are float16. Below its normal numbers they are multiples of its least: rounded up, so that no code overflows. */
const LEAST_NORMAL_HALF = 2 ** -14;
const LEAST_HALF = 2 ** -24;

/** Scales and zero points of the blocks from `first` on. */
function fitBlocks(
  numbers: Float32Array,
  first: number,
  count: number,
  highest: number,
  steps: Float32Array,
  zeros: Uint8Array,
): void {
  for (let block = 0; block < count; block++) {
    const start = (first + block) * QUANTISED_BLOCK;
    const end = start + QUANTISED_BLOCK;
    let low = 0;
    let high = 0;
    for (let index = start; index < end; index++) {
      const value = numbers[index]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    const step = (high - low) / highest;
    steps[block] = step;
    if (step === 0) continue;
    const inverse = 1 / step;
    const zero = Math.round(-low * inverse);
    let product = 0;
    let square = 0;
    for (let index = start; index < end; index++) {
      const value = numbers[index]!;
      const whole = ((value * inverse + zero + 0.5) | 0) - zero;
      product += whole * value;
      square += whole * whole;
    }
    if (square > 0) steps[block] = product / square;
    if (steps[block]! < LEAST_NORMAL_HALF) steps[block] = Math.ceil(step / LEAST_HALF) * LEAST_HALF;
    zeros[first + block] = zero;
  }
}

function writeBytes(
  numbers: Float32Array,
  first: number,
  count: number,
  steps: Float32Array,
  zeros: Uint8Array,
  codes: Uint8Array,
): void {
  for (let block = 0; block < count; block++) {
    const start = (first + block) * QUANTISED_BLOCK;
    const inverse = steps[block] === 0 ? 0 : 1 / steps[block]!;
    const shift = zeros[first + block]! + 0.5;
    for (let index = start; index < start + QUANTISED_BLOCK; index++) {
      const code = (numbers[index]! * inverse + shift) | 0;
      codes[index] = code < 0 ? 0 : code > 255 ? 255 : code;
    }
  }
}

function writeHalfBytes(
  numbers: Float32Array,
  first: number,
  count: number,
  steps: Float32Array,
  zeros: Uint8Array,
  codes: Uint8Array,
): void {
  for (let block = 0; block < count; block++) {
    const start = (first + block) * QUANTISED_BLOCK;
    const inverse = steps[block] === 0 ? 0 : 1 / steps[block]!;
    const shift = zeros[first + block]! + 0.5;
    for (let index = start; index < start + QUANTISED_BLOCK; index += 2) {
      const low = (numbers[index]! * inverse + shift) | 0;
      const high = (numbers[index + 1]! * inverse + shift) | 0;
      const lowHalf = low < 0 ? 0 : low > 15 ? 15 : low;
      const highHalf = high < 0 ? 0 : high > 15 ? 15 : high;
      codes[index >> 1] = lowHalf | (highHalf << 4);
    }
  }
}

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
