import { UserError, type UserErrorCode, type UserErrorDetails } from '../../contract/user-errors.ts';

const longestReason = 200;

/** A failure of the other machine, and whether asking again may help while nothing has been received. */
export class RemoteError extends UserError {
  /** Undefined: asking again is of no use. */
  readonly retryInMs: number | undefined;

  constructor(code: UserErrorCode, details: UserErrorDetails, retryInMs?: number, options?: ErrorOptions) {
    super(code, details, options);
    this.retryInMs = retryInMs;
  }
}

/** What a server says about itself, made fit to be shown: one short line without the key. */
export function shownReason(text: string, key: string): string {
  const hidden = key === '' ? text : text.replaceAll(key, '•••');
  const line = hidden.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return line.length > longestReason ? `${line.slice(0, longestReason)}…` : line;
}

/** Codes of Node, of its TLS and of undici to what happened. Nothing was received yet. */
export function connectionError(host: string, error: unknown): RemoteError {
  const code = codeOf(error);
  const options = { cause: error };
  if (code === notPrivateCode) return new RemoteError('remote-not-private', { host }, undefined, options);
  if (/CERT|SELF_SIGNED|UNABLE_TO_|ERR_TLS|ERR_SSL|EPROTO/.test(code)) {
    return new RemoteError('remote-not-trusted', { host, reason: code }, undefined, options);
  }
  const isLasting = ['ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT', 'EHOSTUNREACH', 'ENETUNREACH'].includes(code);
  const reason = connectionReasons[code] ?? (code || 'no connection');
  return new RemoteError('remote-unreachable', { host, reason }, isLasting ? undefined : 500, options);
}

/** The code of an address that plain http may not go to. */
export const notPrivateCode = 'SOTTO_NOT_PRIVATE';

const connectionReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'it hung up',
  UND_ERR_SOCKET: 'it hung up',
  ENOTFOUND: 'no such name',
  EAI_AGAIN: 'its name could not be looked up',
  EHOSTUNREACH: 'no way there',
  ENETUNREACH: 'no way there',
  ETIMEDOUT: 'no answer',
  UND_ERR_CONNECT_TIMEOUT: 'no answer',
};

/** An answer that is no success: what its status means, with the server's own words where they help. */
export function statusError(
  host: string,
  model: string,
  status: number,
  reason: string,
  retryAfterMs: number | undefined,
): RemoteError {
  if (status === 401 || status === 403) return new RemoteError('remote-key-refused', { host });
  if (status === 404 && /model/i.test(reason))
    return new RemoteError('remote-model-missing', { host, model });
  if (status === 404)
    return new RemoteError('remote-not-understood', { host, reason: 'no chat at this address' });
  if (status === 429 || status === 503) return new RemoteError('remote-busy', { host }, retryAfterMs ?? 1000);
  const mayPass = status === 502 || status === 504;
  return new RemoteError('remote-failed', { host, status, reason }, mayPass ? 1000 : undefined);
}

/** The first code in a chain of causes. */
export function codeOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string') return code;
    if (at instanceof AggregateError && at.errors.length > 0) return codeOf(at.errors[0]);
  }
  return '';
}
