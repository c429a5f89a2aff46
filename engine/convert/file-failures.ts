import { UserError } from '../../contract/user-errors.ts';

/** A failure to write as something a person can act on; anything else comes back unchanged. */
export function writingError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return new UserError('disk-full', { path }, { cause: error });
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR'].includes(code)) {
    return new UserError('file-not-writable', { path, reason: code }, { cause: error });
  }
  return error;
}
