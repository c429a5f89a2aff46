import type { Duplex } from 'node:stream';
import { decodeMessage, encodeMessage } from '../../contract/calls/binary-codec.ts';
import type { Channel } from '../../contract/channel.ts';

const headerBytes = 4;
/** More than any message holds; a larger length means that the two sides have lost each other. */
const mostMessageBytes = 256 * 1024 * 1024;

/**
 * Messages over a byte stream, each after its length (uint32 little endian). Both sides may be different programs
 * with different versions of V8, so nothing of V8's own serialisation crosses.
 */
export class StreamChannel implements Channel {
  readonly #stream: Duplex;
  readonly #messageListeners = new Set<(message: unknown) => void>();
  readonly #closeListeners = new Set<() => void>();
  #pieces: Uint8Array[] = [];
  #waitingBytes = 0;
  #open = true;

  constructor(stream: Duplex) {
    this.#stream = stream;
    stream.on('data', (piece: Uint8Array) => this.#receive(piece));
    stream.once('end', () => this.close());
    stream.once('close', () => this.close());
    // A broken pipe is told by the close that follows it.
    stream.on('error', () => this.close());
  }

  send(message: unknown): void {
    if (!this.#open) throw new Error('The channel is closed.');
    const body = encodeMessage(message);
    const frame = new Uint8Array(headerBytes + body.length);
    new DataView(frame.buffer).setUint32(0, body.length, true);
    frame.set(body, headerBytes);
    this.#stream.write(frame);
  }

  onMessage(listener: (message: unknown) => void): () => void {
    this.#messageListeners.add(listener);
    return () => this.#messageListeners.delete(listener);
  }

  onClose(listener: () => void): () => void {
    this.#closeListeners.add(listener);
    return () => this.#closeListeners.delete(listener);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#stream.end();
    for (const listener of [...this.#closeListeners]) listener();
  }

  #receive(piece: Uint8Array): void {
    this.#pieces.push(piece);
    this.#waitingBytes += piece.length;
    while (this.#open && this.#waitingBytes >= headerBytes) {
      const waiting = this.#joined();
      const length = new DataView(waiting.buffer, waiting.byteOffset).getUint32(0, true);
      if (length > mostMessageBytes) return this.#abandon();
      if (waiting.length < headerBytes + length) return;
      // A plain array of its own: a slice of a Node buffer would share the pool's memory.
      const body = Uint8Array.from(waiting.subarray(headerBytes, headerBytes + length));
      this.#pieces = [waiting.subarray(headerBytes + length)];
      this.#waitingBytes = waiting.length - headerBytes - length;
      let message: unknown;
      try {
        message = decodeMessage(body);
      } catch {
        return this.#abandon();
      }
      for (const listener of [...this.#messageListeners]) listener(message);
    }
  }

  /** What arrives makes no sense: after that nothing on this stream can be trusted. */
  #abandon(): void {
    this.close();
    this.#stream.destroy();
  }

  #joined(): Uint8Array {
    if (this.#pieces.length === 1) return this.#pieces[0]!;
    const joined = new Uint8Array(this.#waitingBytes);
    let offset = 0;
    for (const piece of this.#pieces) {
      joined.set(piece, offset);
      offset += piece.length;
    }
    this.#pieces = [joined];
    return joined;
  }
}
