import type { Channel } from '../channel.ts';
import { UserError } from '../user-errors.ts';
import {
  initialStreamCredit,
  serverMessage,
  type CallKinds,
  type CallerMessage,
  type ServerMessage,
} from './call-messages.ts';
import { ItemQueue } from './item-queue.ts';

type Settle = (message: ServerMessage) => void;

export interface ConnectOptions {
  /** What a call rejects with when the channel closes under it. Default: UserError('connection-lost'). */
  readonly closedError?: () => Error;
}

/**
 * Offers the methods named in `kinds` over a channel. Requests return a promise, streams an async iterable whose
 * call starts with the first `next()` and is cancelled when the consumer leaves. Aborting the signal sends a
 * cancel and rejects with `signal.reason` at once. There is no default timeout: a download may take hours.
 */
export function connectCalls<T>(channel: Channel, kinds: CallKinds, options: ConnectOptions = {}): T {
  const closedError = options.closedError ?? (() => new UserError('connection-lost'));
  const waiting = new Map<number, { settle: Settle; lose: () => void }>();
  let nextId = 0;
  let open = true;

  channel.onMessage((raw) => {
    const parsed = serverMessage.safeParse(raw);
    if (parsed.success) waiting.get(parsed.data.id)?.settle(parsed.data);
  });
  channel.onClose(() => {
    open = false;
    for (const { lose } of [...waiting.values()]) lose();
    waiting.clear();
  });

  const send = (message: CallerMessage): void => {
    if (!open) throw closedError();
    channel.send(message);
  };

  const request = (name: string, input: unknown, signal: AbortSignal): Promise<unknown> =>
    new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const id = nextId++;
      const onAbort = (): void => {
        finish();
        if (open) channel.send({ type: 'cancel', id });
        reject(signal.reason);
      };
      const finish = (): void => {
        waiting.delete(id);
        signal.removeEventListener('abort', onAbort);
      };
      waiting.set(id, {
        settle: (message) => {
          finish();
          if (message.type === 'result') resolve(message.value);
          else reject(failureOf(message));
        },
        lose: () => {
          finish();
          reject(closedError());
        },
      });
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        send({ type: 'call', id, name, input });
      } catch (error) {
        finish();
        reject(error);
      }
    });

  async function* stream(name: string, input: unknown, signal: AbortSignal): AsyncGenerator<unknown> {
    signal.throwIfAborted();
    const id = nextId++;
    const items = new ItemQueue<unknown>();
    const onAbort = (): void => items.fail(signal.reason);
    waiting.set(id, {
      settle: (message) => {
        if (message.type === 'item') items.push(message.value);
        else if (message.type === 'end') items.end();
        else items.fail(failureOf(message));
      },
      lose: () => items.fail(closedError()),
    });
    signal.addEventListener('abort', onAbort, { once: true });
    let taken = 0;
    try {
      send({ type: 'call', id, name, input });
      for await (const item of items) {
        signal.throwIfAborted();
        yield item;
        taken += 1;
        if (taken === initialStreamCredit / 2) {
          if (open) send({ type: 'more', id, count: taken });
          taken = 0;
        }
      }
    } finally {
      signal.removeEventListener('abort', onAbort);
      waiting.delete(id);
      if (open && !items.ended) channel.send({ type: 'cancel', id });
    }
  }

  const methods = Object.entries(kinds).map(([name, kind]) => [
    name,
    (input: unknown, signal: AbortSignal) =>
      kind === 'stream' ? stream(name, input, signal) : request(name, input, signal),
  ]);
  return Object.fromEntries(methods) as T;
}

function failureOf(message: ServerMessage): Error {
  if (message.type !== 'failure') return new UserError('internal');
  return new UserError(message.code, message.details);
}
