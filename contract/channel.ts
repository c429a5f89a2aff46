/** All that a transport provides. Implementations: Electron port, WebSocket, child process, in-memory pair. */
export interface Channel {
  /** Sends one structured-clonable message (Float32Array included). Throws when the channel is closed. */
  send(message: unknown): void;
  /** Returns a function that removes the listener. */
  onMessage(listener: (message: unknown) => void): () => void;
  /** Called once when the other side is gone. Returns a function that removes the listener. */
  onClose(listener: () => void): () => void;
  close(): void;
}
