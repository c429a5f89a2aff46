import { SourceProblem } from './source-problem.ts';

export interface PatienceOptions {
  /** Failures, with less than `progressBytes` between them, before a server is given up. */
  readonly attempts: number;
  readonly progressBytes: number;
  readonly firstDelayMs: number;
  readonly longestDelayMs: number;
  /** A server that asks for a longer pause than this is given up for now. */
  readonly longestRetryAfterMs: number;
}

export const usualPatience: PatienceOptions = {
  attempts: 8,
  progressBytes: 256 * 1024,
  firstDelayMs: 1000,
  longestDelayMs: 60_000,
  longestRetryAfterMs: 5 * 60_000,
};

/** How often and after which pauses something that failed is tried again; one for each piece of work. */
export class Patience {
  private readonly options: PatienceOptions;
  private readonly random: () => number;
  private failures = 0;
  private bytes = 0;

  /** `random` is uniform in [0, 1). */
  constructor(options: PatienceOptions, random: () => number) {
    this.options = options;
    this.random = random;
  }

  /** When enough has come, whatever fails next is a new trouble. */
  received(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes < this.options.progressBytes) return;
    this.bytes = 0;
    this.failures = 0;
  }

  /** Milliseconds to wait before the next attempt. Throws the problem when there is to be none. */
  next(problem: unknown): number {
    if (!(problem instanceof SourceProblem) || !problem.passing) throw problem;
    this.failures += 1;
    const { attempts, firstDelayMs, longestDelayMs, longestRetryAfterMs } = this.options;
    const asked = problem.retryAfterMs ?? 0;
    if (this.failures >= attempts || asked > longestRetryAfterMs) throw problem;
    const longest = Math.min(longestDelayMs, firstDelayMs * 2 ** (this.failures - 1));
    // At least half of it, and never all at the same moment.
    return Math.max(asked, longest * (0.5 + 0.5 * this.random()));
  }
}
