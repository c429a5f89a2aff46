/** Builds WAVE files, sound and unsound, byte by byte. */
export function wave(chunks: readonly Uint8Array[], options: { declared?: number } = {}): Uint8Array {
  const body = join([text('WAVE'), ...chunks]);
  return join([text('RIFF'), uint32(options.declared ?? body.length), body]);
}

export function chunk(
  name: string,
  data: readonly number[] | Uint8Array,
  options: { declared?: number } = {},
): Uint8Array {
  const padding = data.length % 2 === 0 ? [] : [0];
  return join([text(name), uint32(options.declared ?? data.length), Uint8Array.from([...data, ...padding])]);
}

interface Format {
  readonly tag?: number;
  readonly channels?: number;
  readonly rate?: number;
  readonly bits?: number;
  readonly extensible?: boolean;
}

export function formatChunk({
  tag = 1,
  channels = 1,
  rate = 16_000,
  bits = 16,
  extensible,
}: Format): Uint8Array {
  const align = channels * Math.ceil(bits / 8);
  const fields = join([
    uint16(extensible ? 0xfffe : tag),
    uint16(channels),
    uint32(rate),
    uint32(rate * align),
    uint16(align),
    uint16(bits),
  ]);
  const guidTail = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];
  const extension = extensible
    ? join([uint16(22), uint16(bits), uint32(0), uint16(tag), Uint8Array.from(guidTail)])
    : new Uint8Array(0);
  return chunk('fmt ', join([fields, extension]));
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

const text = (value: string) => new TextEncoder().encode(value);
const uint16 = (value: number) => Uint8Array.of(value & 255, (value >> 8) & 255);
const uint32 = (value: number) => join([uint16(value & 0xffff), uint16((value >>> 16) & 0xffff)]);
