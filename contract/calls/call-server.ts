import type { Channel } from '../channel.ts';
import { UserError } from '../user-errors.ts';
import { callerMessage, initialStreamCredit, type CallKinds, type ServerMessage } from './call-messages.ts';

export interface ServeOptions {
  /** Turns a caller's input into a trusted value, or throws UserError('bad-request'). Default: as it is. */
  readonly parseInput?: (name: string, input: unknown) => unknown;
  /** Told of failures that are not a person's business, with their stack, for the log. */
  readonly onInternalError?: (name: string, error: unknown) => void;
}

type Service = Readonly<Record<string, (input: never, signal: AbortSignal) => unknown>>;

interface RunningCall {
  readonly controller: AbortController;
  credit: number;
  wake: () => void;
}

/**
 * Answers the calls that arrive on a channel with the methods of `service`. When the channel closes, every
 * running call is aborted. Unknown names and malformed messages are answered with `bad-request` or dropped.
 *
 * @returns stops serving and aborts what runs.
 */
export function serveCalls(
  channel: Channel,
  kinds: CallKinds,
  service: Service | object,
  options: ServeOptions = {},
): () => void {
  const running = new Map<number, RunningCall>();
  let open = true;

  const send = (message: ServerMessage): void => {
    if (open) channel.send(message);
  };

  const fail = (id: number, name: string, error: unknown): void => {
    if (error instanceof UserError) {
      send({ type: 'failure', id, code: error.code, details: error.details });
      return;
    }
    if (!running.get(id)?.controller.signal.aborted) options.onInternalError?.(name, error);
    send({ type: 'failure', id, code: 'internal', details: {} });
  };

  const answer = async (id: number, name: string, input: unknown): Promise<void> => {
    const call: RunningCall = {
      controller: new AbortController(),
      credit: initialStreamCredit,
      wake: () => {},
    };
    running.set(id, call);
    const { signal } = call.controller;
    try {
      const method = (service as Record<string, (input: unknown, signal: AbortSignal) => unknown>)[name];
      if (!Object.hasOwn(kinds, name) || typeof method !== 'function')
        throw new UserError('bad-request', { call: name });
      const value = options.parseInput ? options.parseInput(name, input) : input;
      const outcome = method.call(service, value, signal);
      if (kinds[name] === 'stream') await pump(id, outcome as AsyncIterable<unknown>, call, send);
      else send({ type: 'result', id, value: await outcome });
    } catch (error) {
      fail(id, name, error);
    } finally {
      running.delete(id);
    }
  };

  const removeListener = channel.onMessage((raw) => {
    const parsed = callerMessage.safeParse(raw);
    if (!parsed.success) return;
    const message = parsed.data;
    const call = running.get(message.id);
    if (message.type === 'call') {
      if (!call) void answer(message.id, message.name, message.input);
    } else if (message.type === 'cancel') {
      call?.controller.abort(new DOMException('The caller cancelled.', 'AbortError'));
      call?.wake();
    } else if (call) {
      call.credit += message.count;
      call.wake();
    }
  });

  const stop = (): void => {
    if (!open) return;
    open = false;
    removeListener();
    removeCloseListener();
    for (const call of running.values()) {
      call.controller.abort(new DOMException('The connection closed.', 'AbortError'));
      call.wake();
    }
  };
  const removeCloseListener = channel.onClose(stop);
  return stop;
}

/** Sends a stream's items as fast as the caller takes them, and closes the generator when the call is cancelled. */
async function pump(
  id: number,
  items: AsyncIterable<unknown>,
  call: RunningCall,
  send: (message: ServerMessage) => void,
): Promise<void> {
  const { signal } = call.controller;
  for await (const value of items) {
    signal.throwIfAborted();
    send({ type: 'item', id, value });
    call.credit -= 1;
    while (call.credit <= 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        call.wake = resolve;
      });
    }
    signal.throwIfAborted();
  }
  send({ type: 'end', id });
}
