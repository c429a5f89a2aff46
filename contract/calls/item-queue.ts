/** A queue between a producer that pushes and one consumer that pulls; it ends or fails after its last item. */
export class ItemQueue<T> implements AsyncIterable<T> {
  private readonly items: T[] = [];
  private failure: { readonly reason: unknown } | undefined;
  private finished = false;
  private wake: () => void = () => {};

  /** True once the producer said so; items may still wait to be taken. */
  get ended(): boolean {
    return this.finished;
  }

  push(item: T): void {
    if (this.finished || this.failure) return;
    this.items.push(item);
    this.wake();
  }

  end(): void {
    this.finished = true;
    this.wake();
  }

  /** Drops what waits and makes the consumer throw `reason`. */
  fail(reason: unknown): void {
    if (this.finished || this.failure) return;
    this.items.length = 0;
    this.failure = { reason };
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      if (this.failure) throw this.failure.reason;
      if (this.items.length > 0) {
        yield this.items.shift() as T;
        continue;
      }
      if (this.finished) return;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
