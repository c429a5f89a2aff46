import { ProgressLine } from '../../headless/progress-line.ts';

/** How far a run is, with the time left from what the questions took that were really asked. */
export class EvaluationProgress {
  readonly #line = new ProgressLine();
  readonly #total: number;
  readonly #now: () => number;
  #done = 0;
  #asked = 0;
  #startedMs: number | undefined;

  /** @param now milliseconds */
  constructor(total: number, now: () => number = () => performance.now()) {
    this.#total = total;
    this.#now = now;
  }

  question(set: string, wasKnown: boolean): void {
    this.#startedMs ??= this.#now();
    this.#done += 1;
    if (!wasKnown) this.#asked += 1;
    this.#line.show({
      doneBytes: this.#done,
      totalBytes: this.#total,
      secondsLeft: this.secondsLeft(),
      item: `${set} (${this.#done} of ${this.#total})`,
    });
  }

  /** Undefined until something was asked. */
  secondsLeft(): number | undefined {
    if (this.#asked < 2 || this.#startedMs === undefined) return undefined;
    // The clock starts when the first answer is there.
    const each = (this.#now() - this.#startedMs) / 1000 / (this.#asked - 1);
    return each * Math.max(0, this.#total - this.#done);
  }

  end(): void {
    this.#line.end();
  }
}
