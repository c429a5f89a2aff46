/** Bytes at a place; fewer than asked for at the end. */
export interface ByteSource {
  readonly size: number;
  read(offset: number, length: number): Uint8Array;
}

export interface Field {
  readonly number: number;
  /** Whether it has a length of its own: a message, a text or bytes. */
  readonly isMessage: boolean;
  readonly start: number;
  readonly length: number;
}

const WINDOW_BYTES = 16_384;
/** Wire types of protocol buffers. */
const VARINT = 0;
const EIGHT_BYTES = 1;
const LENGTH_DELIMITED = 2;
const FOUR_BYTES = 5;

/** Walks over a protocol buffer's fields without reading what is inside them. Throws RangeError where it makes no sense. */
export class MessageReader {
  readonly #source: ByteSource;
  #window: Uint8Array = new Uint8Array();
  #windowStart = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  *fields(start: number, end: number): Generator<Field> {
    let at = start;
    while (at < end) {
      const tag = this.#varint(at, end);
      const [number, wire] = [Math.floor(tag.value / 8), tag.value % 8];
      const content = this.#content(wire, tag.next, end);
      if (number === 0 || content.start + content.length > end)
        throw new RangeError('a field leaves its message');
      yield { number, isMessage: wire === LENGTH_DELIMITED, ...content };
      at = content.start + content.length;
    }
  }

  text({ start, length }: Field): string {
    return new TextDecoder().decode(this.#source.read(start, length));
  }

  #content(wire: number, at: number, end: number): { start: number; length: number } {
    switch (wire) {
      case VARINT:
        return { start: at, length: this.#varint(at, end).next - at };
      case EIGHT_BYTES:
        return { start: at, length: 8 };
      case FOUR_BYTES:
        return { start: at, length: 4 };
      case LENGTH_DELIMITED: {
        const { value, next } = this.#varint(at, end);
        return { start: next, length: value };
      }
      default:
        throw new RangeError(`wire type ${wire}`);
    }
  }

  /** Seven bits a byte, the lowest first; ten bytes at most. Large values lose low bits, which no length has. */
  #varint(at: number, end: number): { value: number; next: number } {
    let value = 0;
    for (let index = 0; index < 10; index++) {
      const byte = this.#byte(at + index, end);
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) return { value, next: at + index + 1 };
    }
    throw new RangeError('a number without end');
  }

  #byte(at: number, end: number): number {
    if (at >= end) throw new RangeError('the message ends early');
    if (at < this.#windowStart || at >= this.#windowStart + this.#window.length) {
      this.#window = this.#source.read(at, Math.min(WINDOW_BYTES, this.#source.size - at));
      this.#windowStart = at;
    }
    const byte = this.#window[at - this.#windowStart];
    if (byte === undefined) throw new RangeError('the file ends early');
    return byte;
  }
}
