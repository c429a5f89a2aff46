import { UserError } from '../../../contract/user-errors.ts';

const PATIENCE_MS = 8000;
const LARGEST_CHARACTERS = 2_000_000;

export interface JsonRequest {
  /** The tool that asks, for the words of a failure. */
  readonly tool: string;
  readonly address: URL;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * One GET over the network, answered with JSON. Whatever comes is data of unknown shape: parse it.
 *
 * @throws UserError tool-unreachable when nothing usable comes back in time.
 */
export async function fetchJson(
  fetch: typeof globalThis.fetch,
  request: JsonRequest,
  signal: AbortSignal,
): Promise<unknown> {
  const { tool, address, headers } = request;
  const unreachable = (problem: string, cause?: unknown) =>
    new UserError('tool-unreachable', { tool, host: address.host, problem }, { cause });
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    const response = await fetch(address, {
      signal: AbortSignal.any([signal, patience]),
      headers: { accept: 'application/json', ...headers },
    });
    if (!response.ok) throw unreachable(`it answered with status ${response.status}`);
    const text = await response.text();
    if (text.length > LARGEST_CHARACTERS) throw unreachable('the answer was too large');
    return JSON.parse(text);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof UserError) throw error;
    if (patience.aborted) throw unreachable('it did not answer in time', error);
    throw unreachable(
      error instanceof SyntaxError ? 'the answer was not understood' : 'no connection',
      error,
    );
  }
}
