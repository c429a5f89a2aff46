import { UserError } from '../../contract/user-errors.ts';

/** A failure of SQLite as something a person can act on; anything else comes back unchanged. */
export function databaseError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
  const asUserError = (
    userCode: 'database-locked' | 'database-damaged' | 'disk-full' | 'file-not-writable',
  ) => new UserError(userCode, { path }, { cause: error });
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return asUserError('database-locked');
  if (code === 'SQLITE_FULL') return asUserError('disk-full');
  if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') return asUserError('database-damaged');
  if (
    code.startsWith('SQLITE_READONLY') ||
    code.startsWith('SQLITE_CANTOPEN') ||
    code.startsWith('SQLITE_IOERR')
  ) {
    return asUserError('file-not-writable');
  }
  return error;
}
