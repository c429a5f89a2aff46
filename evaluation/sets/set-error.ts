import { UserError } from '../../contract/user-errors.ts';

/** A file of a set that cannot be used as a whole. Lines that cannot be used are skipped and named instead. */
export function setError(path: string, reason: string, cause?: unknown): UserError {
  return new UserError('evaluation-set-wrong', { path, reason }, { cause });
}
