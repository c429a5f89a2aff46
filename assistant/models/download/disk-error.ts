import { UserError } from '../../../contract/user-errors.ts';
import { fileError } from '../../file-errors.ts';

/** As `fileError`, for a folder that may lie on a disk that somebody unplugs. */
export function diskError(error: unknown, path: string): unknown {
  const { code } = error as { code?: unknown };
  const isGone = typeof code === 'string' && ['ENOENT', 'EIO', 'ENODEV', 'ENXIO', 'ENOTCONN'].includes(code);
  return isGone ? new UserError('file-not-writable', { path, reason: code }, { cause: error }) : fileError(error, path);
}
