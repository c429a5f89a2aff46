import type { AppEvent } from '../../contract/app-events.ts';
import { failureOf } from '../failures.ts';
import type { ToolCall, ToolOutcome } from './tool-runner.ts';

/** A call that its turn no longer waits for. */
export interface BackgroundJob {
  readonly callId: string;
  readonly call: ToolCall;
  readonly leavesMachine: boolean;
  readonly isForeign: boolean;
  readonly work: Promise<unknown>;
  readonly cancel: () => void;
}

export interface BackgroundToolsOptions {
  readonly publish: (event: AppEvent) => void;
  /** Told once for each call that ended by itself. */
  readonly onEnd: (job: BackgroundJob, outcome: ToolOutcome) => void;
  readonly now: () => number;
}

/** Tools that go on while the conversation goes on. What comes of them is told later; "stop" ends them. */
export class BackgroundTools {
  readonly #options: BackgroundToolsOptions;
  readonly #jobs = new Map<string, BackgroundJob & { readonly since: number }>();

  constructor(options: BackgroundToolsOptions) {
    this.#options = options;
  }

  get isWorking(): boolean {
    return this.#jobs.size > 0;
  }

  adopt(job: BackgroundJob): void {
    this.#jobs.set(job.callId, { ...job, since: this.#options.now() });
    this.#tell();
    job.work.then(
      (result) => this.#ended(job, { ok: true, result, isForeign: job.isForeign }),
      (error: unknown) => this.#ended(job, { ok: false, failure: failureOf(error) }),
    );
  }

  /** False when there is no such call any more. */
  cancel(callId: string): boolean {
    const job = this.#jobs.get(callId);
    if (!job) return false;
    this.#jobs.delete(callId);
    job.cancel();
    this.#tell();
    return true;
  }

  /** How many there were. */
  cancelAll(): number {
    return [...this.#jobs.keys()].filter((callId) => this.cancel(callId)).length;
  }

  #ended(job: BackgroundJob, outcome: ToolOutcome): void {
    if (!this.#jobs.delete(job.callId)) return;
    this.#tell();
    this.#options.onEnd(job, outcome);
  }

  #tell(): void {
    const jobs = [...this.#jobs.values()].map(({ callId, call, leavesMachine, since }) => ({
      callId,
      name: call.tool,
      leavesMachine,
      since,
    }));
    this.#options.publish({ type: 'background-tools', jobs });
  }
}
