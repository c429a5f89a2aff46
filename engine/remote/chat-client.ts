import { setTimeout as sleep } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import type { RemoteModel } from '../../contract/engine-contract.ts';
import { errorWords, parseDelta, type ChatDelta } from './chat-delta.ts';
import { eventData } from './event-stream.ts';
import { parseRemoteAddress, type RemoteAddress } from './remote-address.ts';
import { openConnections, usualPatience, type Patience } from './remote-connection.ts';
import { codeOf, connectionError, RemoteError, shownReason, statusError } from './remote-error.ts';

const attempts = 3;
const longestRetryMs = 5000;
const longestErrorBytes = 64 * 1024;
const longestReplyBytes = 16 * 1024 * 1024;

const modelList = z.object({ data: z.array(z.object({ id: z.string() })) });

/** Everything of a request for a reply but the model's name. */
export type ChatRequest = Readonly<Record<string, unknown>>;

/**
 * Talks with one server. Redirections are not followed, and the key goes nowhere else. While nothing of an answer has
 * been received, what may pass is tried again.
 */
export class ChatClient {
  readonly address: RemoteAddress;
  readonly #remote: RemoteModel;
  readonly #connections: Dispatcher;
  readonly #patience: Patience;

  /** @throws UserError remote-address-wrong, remote-not-private */
  constructor(remote: RemoteModel, patience: Patience = usualPatience) {
    this.#remote = remote;
    this.#patience = patience;
    this.address = parseRemoteAddress(remote.url);
    if (!/^[!-~]*$/.test(remote.key)) throw this.#error('remote-key-refused', {});
    this.#connections = openConnections(this.address, remote, patience);
  }

  /** The names of the models that are served. */
  async models(signal: AbortSignal): Promise<string[]> {
    const answer = await this.#ask('GET', 'models', undefined, signal);
    const list = modelList.safeParse(await this.#json(answer, signal));
    if (!list.success) throw this.#notUnderstood('no list of models');
    return list.data.data.map(({ id }) => id);
  }

  /** A reply, piece by piece. */
  async *reply(request: ChatRequest, signal: AbortSignal): AsyncGenerator<ChatDelta> {
    const body = JSON.stringify({ ...request, model: this.#remote.model, stream: true });
    const answer = await this.#ask('POST', 'chat/completions', body, signal);
    if (!contentType(answer).startsWith('text/event-stream')) {
      yield this.#delta(await this.#json(answer, signal));
      return;
    }
    let isFinished = false;
    for await (const data of eventData(this.#bytes(answer, signal))) {
      if (data === '[DONE]') return;
      const delta = this.#delta(this.#parsed(data));
      isFinished ||= delta.finishReason !== '';
      yield delta;
    }
    if (!isFinished) throw this.#error('remote-cut-off', {});
  }

  async close(): Promise<void> {
    await this.#connections.destroy();
  }

  async #ask(
    method: 'GET' | 'POST',
    path: string,
    body: string | undefined,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#askOnce(method, path, body, signal);
      } catch (error) {
        if (signal.aborted) throw signal.reason;
        const retryInMs = error instanceof RemoteError ? error.retryInMs : undefined;
        if (retryInMs === undefined || retryInMs > longestRetryMs || attempt === attempts) throw error;
        await sleep(retryInMs * attempt, undefined, { signal }).catch(() => signal.throwIfAborted());
      }
    }
  }

  async #askOnce(
    method: 'GET' | 'POST',
    path: string,
    body: string | undefined,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    signal.throwIfAborted();
    const { base } = this.address;
    const headers: Record<string, string> = { accept: 'text/event-stream, application/json' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (this.#remote.key !== '') headers['authorization'] = `Bearer ${this.#remote.key}`;
    let answer: Dispatcher.ResponseData;
    try {
      const url = new URL(path, base);
      const request = { origin: url.origin, path: url.pathname, method, headers, body, signal };
      answer = await this.#connections.request(request);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (error instanceof RemoteError) throw error;
      if (codeOf(error) === 'UND_ERR_HEADERS_TIMEOUT') throw this.#silent(this.#patience.beginMs);
      throw connectionError(this.address.host, error);
    }
    if (answer.statusCode >= 200 && answer.statusCode < 300) return answer;
    throw await this.#refusal(answer, signal);
  }

  async #refusal(answer: Dispatcher.ResponseData, signal: AbortSignal): Promise<RemoteError> {
    const { statusCode, headers } = answer;
    const text = await this.#text(answer, longestErrorBytes, signal).catch(() => {
      signal.throwIfAborted();
      return '';
    });
    if (statusCode >= 300 && statusCode < 400)
      return this.#error('remote-moved', { to: this.#target(answer) });
    const reason = shownReason(wordsIn(text), this.#remote.key);
    const seconds = Number(headers['retry-after']);
    const retryMs = Number.isFinite(seconds) && headers['retry-after'] ? seconds * 1000 : undefined;
    return statusError(this.address.host, this.#remote.model, statusCode, reason, retryMs);
  }

  /** Only the server's name: the rest of an address may hold secrets. */
  #target({ headers }: Dispatcher.ResponseData): string {
    const location = String(headers['location'] ?? '');
    return URL.canParse(location, this.address.base.href) ? new URL(location, this.address.base).origin : '';
  }

  async #json(answer: Dispatcher.ResponseData, signal: AbortSignal): Promise<unknown> {
    const text = await this.#text(answer, longestReplyBytes, signal);
    if (contentType(answer).startsWith('text/html') || /^\s*<(?:!doctype|html)/i.test(text)) {
      throw this.#notUnderstood('a web page');
    }
    return this.#parsed(text);
  }

  async #text(answer: Dispatcher.ResponseData, mostBytes: number, signal: AbortSignal): Promise<string> {
    const characters = new TextDecoder();
    let text = '';
    for await (const piece of this.#bytes(answer, signal)) {
      text += characters.decode(piece, { stream: true });
      if (text.length > mostBytes) throw this.#notUnderstood('far too much');
    }
    return text + characters.decode();
  }

  async *#bytes(answer: Dispatcher.ResponseData, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    try {
      yield* answer.body as AsyncIterable<Uint8Array>;
      signal.throwIfAborted();
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (codeOf(error) === 'UND_ERR_BODY_TIMEOUT') throw this.#silent(this.#patience.pieceMs, error);
      throw this.#error('remote-cut-off', {}, error);
    }
  }

  #parsed(text: string): unknown {
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw this.#notUnderstood('broken JSON', cause);
    }
  }

  /** Servers tell of a failure in the middle of a stream where a piece would be. */
  #delta(value: unknown): ChatDelta {
    const words = errorWords(value);
    if (words !== undefined) {
      throw this.#error('remote-failed', { status: 200, reason: shownReason(words, this.#remote.key) });
    }
    try {
      return parseDelta(value);
    } catch (cause) {
      throw this.#notUnderstood('no piece of a reply', cause);
    }
  }

  #silent(milliseconds: number, cause?: unknown): RemoteError {
    return this.#error('remote-silent', { seconds: Math.round(milliseconds / 1000) }, cause);
  }

  #notUnderstood(reason: string, cause?: unknown): RemoteError {
    return this.#error('remote-not-understood', { reason }, cause);
  }

  #error(
    code: ConstructorParameters<typeof RemoteError>[0],
    details: Record<string, string | number>,
    cause?: unknown,
  ): RemoteError {
    return new RemoteError(code, { host: this.address.host, ...details }, undefined, { cause });
  }
}

function contentType({ headers }: Dispatcher.ResponseData): string {
  return String(headers['content-type'] ?? '').toLowerCase();
}

/** The server's reason: its own words where it is JSON, nothing where it is a web page. */
function wordsIn(text: string): string {
  if (/^\s*</.test(text)) return 'a web page';
  try {
    return errorWords(JSON.parse(text)) ?? text;
  } catch {
    return text;
  }
}
