const WINDOW_MS = 8000;
const SHORTEST_MS = 500;

/** Bytes per second over the last seconds. */
export class TransferSpeed {
  private readonly now: () => number;
  private readonly samples: { readonly at: number; readonly bytes: number }[] = [];

  constructor(now: () => number) {
    this.now = now;
  }

  add(bytes: number): void {
    const at = this.now();
    const last = this.samples.at(-1);
    // Many small pieces in the same moment are one.
    if (last && at - last.at < 100) this.samples[this.samples.length - 1] = { at: last.at, bytes: last.bytes + bytes };
    else this.samples.push({ at, bytes });
    this.forget(at);
  }

  /** Undefined until there is something to tell. */
  bytesPerSecond(): number | undefined {
    const now = this.now();
    this.forget(now);
    const [first] = this.samples;
    if (!first || now - first.at < SHORTEST_MS) return undefined;
    const bytes = this.samples.reduce((sum, sample) => sum + sample.bytes, 0);
    return (bytes * 1000) / (now - first.at);
  }

  private forget(now: number): void {
    while (this.samples[0] && this.samples[0].at < now - WINDOW_MS) this.samples.shift();
  }
}
