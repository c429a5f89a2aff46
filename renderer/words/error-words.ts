import type { UserErrorCode, UserErrorDetails } from '../../contract/user-errors.ts';

/** What a person reads when something fails: what happened, and what to do. */
export interface ErrorWords {
  readonly happened: (details: UserErrorDetails) => string;
  readonly todo: (details: UserErrorDetails) => string;
}
export type AllErrorWords = Readonly<Record<UserErrorCode, ErrorWords>>;

/** A detail as text between the given marks, or the fallback where it is missing. */
export function detail(details: UserErrorDetails, key: string, fallback: string): string {
  const value = details[key];
  return value === undefined || value === '' ? fallback : String(value);
}

/** A detail in bytes as "17.9 GB". */
export function gigabytes(details: UserErrorDetails, key: string): string {
  return `${(Number(details[key] ?? 0) / 1e9).toFixed(1)} GB`;
}
