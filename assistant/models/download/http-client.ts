import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Agents } from './proxy.ts';
import { badAnswer, SourceProblem } from './source-problem.ts';

const MOST_REDIRECTS = 6;
const redirects = [301, 302, 303, 307, 308];

export interface HttpQuestion {
  readonly address: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent to the address's own host, never to one it redirects to. */
  readonly token?: string | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  /** Names in small letters. */
  readonly headers: ReadonlyMap<string, string>;
  /** Of the redirects on the way, oldest first. */
  readonly earlierHeaders: readonly ReadonlyMap<string, string>[];
  /** Who answered in the end. */
  readonly host: string;
  /** The content, as it comes. Must be read or discarded. */
  readonly body: AsyncIterable<Uint8Array>;
  readonly discard: () => void;
}

export interface HttpClientOptions {
  readonly connections: () => Agents;
  /** Nothing at all for so long, and the connection is given up. */
  readonly stallMs: number;
}

/** GET over HTTP(S): follows redirects without handing the token on, and does not wait for ever. */
export class HttpClient {
  private readonly options: HttpClientOptions;

  constructor(options: HttpClientOptions) {
    this.options = options;
  }

  /** Throws SourceProblem when nothing comes; the answer's status is the caller's to judge. */
  async get(question: HttpQuestion, signal: AbortSignal): Promise<HttpAnswer> {
    const earlierHeaders: ReadonlyMap<string, string>[] = [];
    let address = question.address;
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      const token = address.origin === question.address.origin ? question.token : undefined;
      const answer = await this.ask({ ...question, address, token }, signal);
      const location = answer.headers.get('location');
      if (!redirects.includes(answer.status) || !location) return { ...answer, earlierHeaders };
      answer.discard();
      earlierHeaders.push(answer.headers);
      address = redirectTarget(location, address);
    }
    throw badAnswer(question.address.host, 'too many redirects', false);
  }

  private async ask({ address, headers, token }: HttpQuestion, signal: AbortSignal) {
    signal.throwIfAborted();
    const { host } = address;
    const watch = new StallWatch(this.options.stallMs, signal);
    let answer: IncomingMessage;
    try {
      // Some hosts turn away programs that do not say who they are.
      const usual = { 'user-agent': 'sotto', accept: '*/*', 'accept-encoding': 'identity' };
      const authorization: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
      answer = await this.send(address, { ...usual, ...headers, ...authorization }, watch.signal);
    } catch (error) {
      throw watch.end(signal, host, error);
    }
    watch.touch();
    return {
      status: answer.statusCode ?? 0,
      headers: headerMap(answer.headers),
      host,
      body: watched(answer, watch, signal, host),
      discard: () => {
        watch.stop();
        answer.destroy();
      },
    };
  }

  private send(
    address: URL,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const agents = this.options.connections();
    return new Promise((resolve, reject) => {
      const asking =
        address.protocol === 'https:'
          ? httpsRequest(address, { agent: agents.https, headers, signal })
          : httpRequest(address, { agent: agents.http, headers, signal });
      asking.on('response', (answer) => {
        // One that is destroyed tells so as an error event; whoever reads it hears of it there.
        answer.on('error', () => {});
        resolve(answer);
      });
      asking.on('error', reject);
      // A connection that is being made through a proxy does not heed the signal by itself.
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      asking.end();
    });
  }
}

async function* watched(
  body: AsyncIterable<Uint8Array>,
  watch: StallWatch,
  signal: AbortSignal,
  host: string,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) {
      // Whoever takes the chunk may be slow: that is no stall of the server's.
      watch.stop();
      yield chunk;
      watch.touch();
    }
  } catch (error) {
    throw watch.end(signal, host, error);
  } finally {
    watch.stop();
  }
}

/** Aborts a connection that has become silent. */
class StallWatch {
  readonly signal: AbortSignal;
  private readonly stallMs: number;
  private readonly controller = new AbortController();
  private timer: NodeJS.Timeout | undefined;
  private stalled = false;

  constructor(stallMs: number, signal: AbortSignal) {
    this.stallMs = stallMs;
    this.signal = AbortSignal.any([signal, this.controller.signal]);
    this.touch();
  }

  touch(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.stalled = true;
      this.controller.abort(new Error('Nothing came.'));
    }, this.stallMs);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  /** What to throw for an error of the connection. */
  end(signal: AbortSignal, host: string, error: unknown): unknown {
    this.stop();
    if (signal.aborted) return signal.reason;
    if (error instanceof SourceProblem) return error;
    const reason = this.stalled ? 'nothing came any more' : reasonOf(error);
    return new SourceProblem('download-unreachable', { host, reason }, { passing: true, cause: error });
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return code ?? message ?? String(error);
}

function redirectTarget(location: string, from: URL): URL {
  if (!URL.canParse(location, from.href)) throw badAnswer(from.host, 'a redirect to nowhere', false);
  const target = new URL(location, from);
  const isSafe = target.protocol === 'https:' || (target.protocol === 'http:' && from.protocol === 'http:');
  if (!isSafe) throw badAnswer(from.host, `a redirect to ${target.protocol}//`, false);
  return target;
}

function headerMap(headers: Readonly<Record<string, string | string[] | undefined>>): Map<string, string> {
  return new Map(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value]],
    ),
  );
}
