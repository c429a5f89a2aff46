export interface ShownProgress {
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly secondsLeft?: number | undefined;
  readonly item: string;
}

/** One line on a terminal that says how far something is; nothing where standard error is a file. */
export class ProgressLine {
  #width = 0;

  show({ doneBytes, totalBytes, secondsLeft, item }: ShownProgress): void {
    if (!process.stderr.isTTY) return;
    const share = totalBytes === 0 ? 0 : Math.floor((100 * doneBytes) / totalBytes);
    const left = secondsLeft === undefined ? '' : `, ${duration(secondsLeft)} left`;
    const text = `${String(share).padStart(3)} %${left}  ${item}`.slice(
      0,
      (process.stderr.columns ?? 80) - 1,
    );
    process.stderr.write(`\r${text.padEnd(this.#width)}`);
    this.#width = text.length;
  }

  /** Leaves the terminal as it was. */
  end(): void {
    if (this.#width > 0) process.stderr.write(`\r${' '.repeat(this.#width)}\r`);
    this.#width = 0;
  }
}

function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
