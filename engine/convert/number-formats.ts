import type { StoredType } from './checkpoint.ts';

/** Stored little endian numbers as float32. Whole-number formats are taken by value. */
export function widenToFloat32(bytes: Uint8Array, type: StoredType): Float32Array {
  const view = aligned(bytes);
  switch (type) {
    case 'F32':
      return new Float32Array(view.buffer, view.byteOffset, view.byteLength / 4);
    case 'BF16':
      return bfloat16ToFloat32(new Uint16Array(view.buffer, view.byteOffset, view.byteLength / 2));
    case 'F16':
      return float16ToFloat32(new Uint16Array(view.buffer, view.byteOffset, view.byteLength / 2));
    case 'I64':
      return Float32Array.from(new BigInt64Array(view.buffer, view.byteOffset, view.byteLength / 8), Number);
    case 'I32':
      return Float32Array.from(new Int32Array(view.buffer, view.byteOffset, view.byteLength / 4));
    case 'I8':
      return Float32Array.from(new Int8Array(view.buffer, view.byteOffset, view.byteLength));
    case 'U8':
    case 'BOOL':
      return Float32Array.from(view);
  }
}

export function bfloat16ToFloat32(values: Uint16Array): Float32Array<ArrayBuffer> {
  const bits = new Uint32Array(values.length);
  for (let index = 0; index < values.length; index++) bits[index] = values[index]! << 16;
  return new Float32Array(bits.buffer);
}

/** Plain bit arithmetic: engines without `Float16Array` read the same numbers. */
export function float16ToFloat32(values: Uint16Array): Float32Array {
  const bits = new Uint32Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const value = values[index]!;
    const exponent = value & 0x7c00;
    const sign = (value & 0x8000) << 16;
    if (exponent === 0) bits[index] = sign | subnormalBits(value & 0x3ff);
    else if (exponent === 0x7c00) bits[index] = sign | 0x7f800000 | ((value & 0x3ff) << 13);
    else bits[index] = sign | (((value & 0x7fff) << 13) + 0x38000000);
  }
  return new Float32Array(bits.buffer);
}

function subnormalBits(mantissa: number): number {
  if (mantissa === 0) return 0;
  const shift = Math.clz32(mantissa) - 21;
  return ((113 - shift) << 23) | (((mantissa << shift) & 0x3ff) << 13);
}

/** Typed arrays want their data on a multiple of the element's size. */
function aligned(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
}

/** The smallest magnitude that rounds to infinity, as float32 bits. */
const HALF_INFINITY_BITS = 0x477ff000;
/** The smallest normal magnitude, 2^-14. */
const HALF_NORMAL_BITS = 0x38800000;

/** Nearest float16 numbers, ties to even; what is too large becomes infinite. */
export function float32ToFloat16(values: Float32Array): Uint16Array<ArrayBuffer> {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const halves = new Uint16Array(values.length);
  const shifted = new Float32Array(1);
  const shiftedBits = new Uint32Array(shifted.buffer);
  for (let index = 0; index < bits.length; index++) {
    const sign = (bits[index]! >>> 16) & 0x8000;
    const magnitude = bits[index]! & 0x7fffffff;
    if (magnitude > 0x7f800000) halves[index] = sign | 0x7e00;
    else if (magnitude >= HALF_INFINITY_BITS) halves[index] = sign | 0x7c00;
    else if (magnitude >= HALF_NORMAL_BITS) {
      halves[index] = sign | ((magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13);
    } else {
      // Added to one half, the last bit of a float32 is worth the last bit of a small float16.
      shifted[0] = Math.abs(values[index]!) + 0.5;
      halves[index] = sign | (shiftedBits[0]! - 0x3f000000);
    }
  }
  return halves;
}
