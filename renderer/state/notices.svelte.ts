import { UserError } from '../../contract/user-errors.ts';
import type { Failure } from '../../contract/turn-events.ts';

export interface Notice {
  readonly id: number;
  readonly failure: Failure;
}

/** Problems a person should know about, until they put them away. The same problem is shown once. */
export class Notices {
  list = $state.raw<readonly Notice[]>([]);
  private nextId = 1;

  /** A person's own cancel is no problem; anything without a code is `internal`. */
  report(error: unknown): void {
    if (error instanceof DOMException && error.name === 'AbortError') return;
    this.add(failureFrom(error));
  }

  add(failure: Failure): void {
    const same = (notice: Notice): boolean =>
      notice.failure.code === failure.code &&
      JSON.stringify(notice.failure.details) === JSON.stringify(failure.details);
    this.list = [...this.list.filter((notice) => !same(notice)), { id: this.nextId++, failure }].slice(-4);
  }

  dismiss(id: number): void {
    this.list = this.list.filter((notice) => notice.id !== id);
  }

  clear(code: Failure['code']): void {
    this.list = this.list.filter((notice) => notice.failure.code !== code);
  }
}

export function failureFrom(error: unknown): Failure {
  if (error instanceof UserError) return { code: error.code, details: { ...error.details } };
  return { code: 'internal', details: { problem: error instanceof Error ? error.message : String(error) } };
}
