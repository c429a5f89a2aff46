import { UserError } from '../../contract/user-errors.ts';

export interface SampleDecoder {
  /** Bytes of one sample of one channel. */
  readonly bytes: number;
  /** The sample at a byte offset, in [-1, 1]. */
  read(data: DataView, offset: number): number;
}

const pcm: Record<number, SampleDecoder> = {
  // Eight bits are unsigned, everything wider is signed.
  8: { bytes: 1, read: (data, offset) => (data.getUint8(offset) - 128) / 128 },
  16: { bytes: 2, read: (data, offset) => data.getInt16(offset, true) / 32768 },
  24: {
    bytes: 3,
    read: (data, offset) => (data.getUint8(offset) | (data.getInt16(offset + 1, true) << 8)) / 8_388_608,
  },
  32: { bytes: 4, read: (data, offset) => data.getInt32(offset, true) / 2_147_483_648 },
};

const float: Record<number, SampleDecoder> = {
  32: { bytes: 4, read: (data, offset) => finite(data.getFloat32(offset, true)) },
  64: { bytes: 8, read: (data, offset) => finite(data.getFloat64(offset, true)) },
};

const telephone: Record<number, (code: number) => number> = { 6: aLaw, 7: muLaw };

/** How samples of a WAVE format tag and width become numbers. */
export function sampleDecoder(tag: number, bitsPerSample: number): SampleDecoder {
  // Widths such as 12 or 20 bits are left-justified in whole bytes.
  const containerBits = Math.ceil(bitsPerSample / 8) * 8;
  const decode = telephone[tag];
  const decoder =
    tag === 1
      ? pcm[containerBits]
      : tag === 3
        ? float[bitsPerSample]
        : decode && bitsPerSample === 8
          ? { bytes: 1, read: (data: DataView, offset: number) => decode(data.getUint8(offset)) }
          : undefined;
  if (!decoder) {
    throw new UserError('audio-file-unsupported', { reason: 'encoding', formatTag: tag, bitsPerSample });
  }
  return decoder;
}

/** Damaged float files hold NaN or infinity; full scale is the most a sound card could play. */
function finite(value: number): number {
  if (Number.isNaN(value)) return 0;
  return Math.max(-1, Math.min(1, value));
}

/** ITU-T G.711 mu-law. */
function muLaw(code: number): number {
  const inverted = ~code & 0xff;
  const exponent = (inverted >> 4) & 7;
  const magnitude = (((inverted & 15) << 3) + 132) * 2 ** exponent - 132;
  return (inverted & 128 ? -magnitude : magnitude) / 32768;
}

/** ITU-T G.711 A-law. */
function aLaw(code: number): number {
  const toggled = code ^ 0x55;
  const exponent = (toggled >> 4) & 7;
  const step = ((toggled & 15) << 4) + 8;
  const magnitude = exponent === 0 ? step : (step + 256) * 2 ** (exponent - 1);
  return (toggled & 128 ? magnitude : -magnitude) / 32768;
}
