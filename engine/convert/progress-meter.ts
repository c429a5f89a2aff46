/** Where a long piece of work stands. */
export interface Progress<Stage extends string> {
  readonly stage: Stage;
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly secondsLeft?: number;
  readonly item: string;
}

const TELL_EVERY_MS = 100;
/** Before this nobody can say how long it takes. */
const FIRST_GUESS_MS = 1500;

/** Counts bytes and guesses the time left from the speed so far; tells a few times a second. */
export class ProgressMeter<Stage extends string> {
  readonly #tell: (progress: Progress<Stage>) => void;
  readonly #now: () => number;
  readonly #startedMs: number;
  #totalBytes = 0;
  #doneBytes = 0;
  #toldMs = -Infinity;

  constructor(tell: (progress: Progress<Stage>) => void, now: () => number = () => performance.now()) {
    this.#tell = tell;
    this.#now = now;
    this.#startedMs = now();
  }

  expect(bytes: number): void {
    this.#totalBytes += bytes;
  }

  add(stage: Stage, bytes: number, item: string): void {
    this.#doneBytes += bytes;
    const now = this.#now();
    if (now - this.#toldMs < TELL_EVERY_MS && this.#doneBytes < this.#totalBytes) return;
    this.#toldMs = now;
    const elapsedMs = now - this.#startedMs;
    const restBytes = Math.max(0, this.#totalBytes - this.#doneBytes);
    const secondsLeft = (restBytes / this.#doneBytes) * (elapsedMs / 1000);
    this.#tell({
      stage,
      doneBytes: this.#doneBytes,
      totalBytes: this.#totalBytes,
      ...(elapsedMs >= FIRST_GUESS_MS && this.#doneBytes > 0 ? { secondsLeft } : {}),
      item,
    });
  }
}
