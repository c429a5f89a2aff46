import { UserError, type UserErrorCode, type UserErrorDetails } from '../../../contract/user-errors.ts';

type ProblemCode = Extract<UserErrorCode, `download-${string}`>;

/** A server failed. Says whether asking the same server again can help, and when. */
export class SourceProblem extends Error {
  readonly code: ProblemCode;
  readonly details: UserErrorDetails;
  /** False: the same question gets the same answer. */
  readonly passing: boolean;
  /** What the server asked for. */
  readonly retryAfterMs: number | undefined;

  constructor(
    code: ProblemCode,
    details: UserErrorDetails,
    options: { readonly passing: boolean; readonly retryAfterMs?: number; readonly cause?: unknown },
  ) {
    super(`${code} ${JSON.stringify(details)}`, { cause: options.cause });
    this.name = 'SourceProblem';
    this.code = code;
    this.details = details;
    this.passing = options.passing;
    this.retryAfterMs = options.retryAfterMs;
  }

  toUserError(): UserError {
    return new UserError(this.code, this.details, { cause: this });
  }
}

export function badAnswer(host: string, reason: string, passing = true): SourceProblem {
  return new SourceProblem('download-bad-answer', { host, reason }, { passing });
}

/** What an answer's status means; undefined for an answer that can be read. */
export function statusProblem(
  status: number,
  headers: ReadonlyMap<string, string>,
  host: string,
  file: string,
  now: number,
): SourceProblem | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status === 401 || status === 403 || status === 407) {
    return new SourceProblem('download-refused', { host, status, file }, { passing: false });
  }
  if (status === 404 || status === 410) {
    return new SourceProblem('download-not-found', { host, file }, { passing: false });
  }
  if (status === 408 || status === 429 || status >= 500) {
    const retryAfterMs = retryAfter(headers.get('retry-after'), now);
    return new SourceProblem('download-busy', { host, status }, { passing: true, retryAfterMs });
  }
  return badAnswer(host, `status ${status}`, false);
}

/** Seconds, or a date. */
function retryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
