import type { MessagePort, Worker } from 'node:worker_threads';
import type { Channel } from '../../../contract/channel.ts';

/** One end of the line between a thread and the one that started it. */
export class ThreadChannel implements Channel {
  readonly #end: Worker | MessagePort;
  readonly #closeListeners = new Set<() => void>();
  #open = true;

  /** @param closing the event that tells that the other side is gone */
  constructor(end: Worker | MessagePort, closing: 'exit' | 'close') {
    this.#end = end;
    end.once(closing, () => this.close());
  }

  send(message: unknown): void {
    if (!this.#open) throw new Error('The channel is closed.');
    this.#end.postMessage(message);
  }

  onMessage(listener: (message: unknown) => void): () => void {
    this.#end.on('message', listener);
    return () => void this.#end.off('message', listener);
  }

  onClose(listener: () => void): () => void {
    this.#closeListeners.add(listener);
    return () => this.#closeListeners.delete(listener);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    for (const listener of [...this.#closeListeners]) listener();
  }
}
