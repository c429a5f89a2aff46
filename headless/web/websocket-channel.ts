import type { WebSocket } from 'ws';
import { decodeMessage, encodeMessage } from '../../contract/calls/binary-codec.ts';
import type { Channel } from '../../contract/channel.ts';

/** A connection that lets more than this many bytes pile up is not reading; it is closed instead of filling memory. */
const maximumBufferedBytes = 64 * 1024 * 1024;
const protocolError = 1002;
const tooSlow = 1013;

/** One WebSocket as a channel; frames that are not messages of ours close it. */
export function websocketChannel(socket: WebSocket): Channel {
  return {
    send: (message) => {
      if (socket.readyState !== socket.OPEN) return;
      if (socket.bufferedAmount > maximumBufferedBytes) socket.close(tooSlow);
      else socket.send(encodeMessage(message));
    },
    onMessage: (listener) => {
      const onFrame = (data: Buffer, isBinary: boolean): void => {
        try {
          if (!isBinary) throw new Error('Text frames are not used.');
          listener(decodeMessage(data));
        } catch {
          socket.close(protocolError);
        }
      };
      socket.on('message', onFrame);
      return () => socket.off('message', onFrame);
    },
    onClose: (listener) => {
      socket.once('close', listener);
      return () => socket.off('close', listener);
    },
    close: () => socket.close(),
  };
}
