import { decodeMessage, encodeMessage } from '../../contract/calls/binary-codec.ts';
import type { Channel } from '../../contract/channel.ts';
import { UserError } from '../../contract/user-errors.ts';

/** A channel over a WebSocket; every message is one binary frame. Rejects when the host refuses. */
export function openWebSocketChannel(socket: WebSocket): Promise<Channel> {
  socket.binaryType = 'arraybuffer';
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(new WebSocketChannel(socket)), { once: true });
    socket.addEventListener('close', () => reject(new UserError('connection-lost')), { once: true });
  });
}

class WebSocketChannel implements Channel {
  private readonly socket: WebSocket;

  constructor(socket: WebSocket) {
    this.socket = socket;
  }

  send(message: unknown): void {
    if (this.socket.readyState !== WebSocket.OPEN) throw new UserError('connection-lost');
    this.socket.send(encodeMessage(message) as Uint8Array<ArrayBuffer>);
  }

  onMessage(listener: (message: unknown) => void): () => void {
    const receive = (event: MessageEvent): void => {
      if (event.data instanceof ArrayBuffer) listener(decodeMessage(new Uint8Array(event.data)));
    };
    this.socket.addEventListener('message', receive);
    return () => this.socket.removeEventListener('message', receive);
  }

  onClose(listener: () => void): () => void {
    this.socket.addEventListener('close', listener, { once: true });
    return () => this.socket.removeEventListener('close', listener);
  }

  close(): void {
    this.socket.close();
  }
}
