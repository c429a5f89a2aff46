import type { Channel } from '../channel.ts';

/** Two ends of one channel in the same process; messages are cloned and delivered in order, asynchronously. */
export function memoryChannelPair(): [Channel, Channel] {
  const ends = [new MemoryEnd(), new MemoryEnd()] as const;
  ends[0].other = ends[1];
  ends[1].other = ends[0];
  return [ends[0], ends[1]];
}

class MemoryEnd implements Channel {
  other: MemoryEnd | undefined;
  private readonly messageListeners = new Set<(message: unknown) => void>();
  private readonly closeListeners = new Set<() => void>();
  private open = true;

  send(message: unknown): void {
    if (!this.open) throw new Error('The channel is closed.');
    const copy: unknown = structuredClone(message);
    queueMicrotask(() => this.other?.deliver(copy));
  }

  onMessage(listener: (message: unknown) => void): () => void {
    this.messageListeners.add(listener);
    return () => this.messageListeners.delete(listener);
  }

  onClose(listener: () => void): () => void {
    this.closeListeners.add(listener);
    return () => this.closeListeners.delete(listener);
  }

  close(): void {
    this.shut();
    this.other?.shut();
  }

  private deliver(message: unknown): void {
    if (this.open) for (const listener of [...this.messageListeners]) listener(message);
  }

  private shut(): void {
    if (!this.open) return;
    this.open = false;
    for (const listener of [...this.closeListeners]) listener();
  }
}
