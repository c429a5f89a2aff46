import { UserError } from '../contract/user-errors.ts';

/** A failure of the file system as something a person can act on; anything else comes back unchanged. */
export function fileError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new UserError('disk-full', { path }, { cause: error });
  if (
    typeof code === 'string' &&
    ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EISDIR', 'EEXIST'].includes(code)
  ) {
    return new UserError('file-not-writable', { path }, { cause: error });
  }
  return error;
}
