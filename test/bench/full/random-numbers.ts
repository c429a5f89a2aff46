import { randomFillSync } from 'node:crypto';
import { writeSync } from 'node:fs';

const BLOCK_BYTES = 16 * 1024 * 1024;
const SIGN = 0x8000;
/** 2 ^ -6: what the weights of a trained network are about. */
const EXPONENT = 121 << 7;
const ONE = 0x3f80;

/**
 * Random numbers of the size of weights, bfloat16 or float32, written as fast as the disk takes them: one block is
 * drawn and used again and again. Speed does not depend on the values, as long as they are ordinary numbers.
 */
export class RandomNumbers {
  readonly #narrow: Buffer;
  readonly #wide: Buffer;

  constructor() {
    const draws = new Uint16Array(BLOCK_BYTES / 2);
    randomFillSync(draws);
    const narrow = draws.map((bits) => (bits & (SIGN | 0x7f)) | EXPONENT);
    const wide = Uint32Array.from(
      draws.subarray(0, BLOCK_BYTES / 4),
      (bits) => ((bits & (SIGN | 0x7f)) | EXPONENT) << 16,
    );
    this.#narrow = Buffer.from(narrow.buffer);
    this.#wide = Buffer.from(wide.buffer);
  }

  /** Writes `count` numbers at the end of the file; norms are ones, so that nothing vanishes or explodes. */
  write(file: number, name: string, shape: readonly number[], bytesEach: 2 | 4): void {
    const bytes = shape.reduce((product, size) => product * size, bytesEach);
    if (isScale(name, shape)) writeSync(file, ones(bytes, bytesEach));
    else writeRepeated(file, bytesEach === 2 ? this.#narrow : this.#wide, bytes);
  }
}

export function writeRepeated(file: number, block: Buffer, bytes: number): void {
  for (let left = bytes; left > 0; left -= block.length)
    writeSync(file, block, 0, Math.min(left, block.length));
}

function isScale(name: string, shape: readonly number[]): boolean {
  const isVector = shape.length === 1 && (name.endsWith('.weight') || name.endsWith('.alpha'));
  return isVector || name.endsWith('original0');
}

function ones(bytes: number, bytesEach: 2 | 4): Buffer {
  const block = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; at += bytesEach) {
    if (bytesEach === 2) block.writeUInt16LE(ONE, at);
    else block.writeFloatLE(1, at);
  }
  return block;
}
