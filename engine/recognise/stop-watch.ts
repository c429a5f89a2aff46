/** Milliseconds from step to step. */
export class StopWatch {
  readonly laps: Record<string, number> = {};
  #last = performance.now();

  /** Ends the present step and names it. */
  mark(step: string): void {
    const now = performance.now();
    this.laps[step] = (this.laps[step] ?? 0) + now - this.#last;
    this.#last = now;
  }
}
