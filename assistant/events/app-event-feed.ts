import type { AppEvent } from '../../contract/app-events.ts';
import { UserError } from '../../contract/user-errors.ts';

/** A subscriber this far behind is cut off rather than kept in memory: over an hour of speech. */
const LONGEST_QUEUE = 20_000;

interface Subscriber {
  readonly waiting: AppEvent[];
  overrun: boolean;
  wake: () => void;
}

/** Tells every open interface what happens, each at its own pace and in order. */
export class AppEventFeed {
  private readonly subscribers = new Set<Subscriber>();
  private closed = false;

  publish(event: AppEvent): void {
    for (const subscriber of this.subscribers) {
      if (replacesLast(event, subscriber.waiting.at(-1))) subscriber.waiting.pop();
      subscriber.waiting.push(event);
      subscriber.overrun ||= subscriber.waiting.length > LONGEST_QUEUE;
      subscriber.wake();
    }
  }

  /** Live events from the moment of the call; `first` comes before them. */
  subscribe(first: AppEvent, signal: AbortSignal): AsyncIterable<AppEvent> {
    const subscriber: Subscriber = { waiting: [first], overrun: false, wake: () => {} };
    if (signal.aborted) return this.take(subscriber, signal);
    this.subscribers.add(subscriber);
    signal.addEventListener('abort', () => this.subscribers.delete(subscriber), { once: true });
    return this.take(subscriber, signal);
  }

  close(): void {
    this.closed = true;
    for (const subscriber of this.subscribers) subscriber.wake();
  }

  private async *take(subscriber: Subscriber, signal: AbortSignal): AsyncGenerator<AppEvent> {
    const wake = () => subscriber.wake();
    signal.addEventListener('abort', wake);
    try {
      while (!signal.aborted) {
        if (subscriber.overrun) throw new UserError('connection-lost');
        const event = subscriber.waiting.shift();
        if (event) {
          yield event;
          continue;
        }
        if (this.closed) return;
        await new Promise<void>((resolve) => {
          subscriber.wake = resolve;
        });
      }
    } finally {
      signal.removeEventListener('abort', wake);
      this.subscribers.delete(subscriber);
    }
  }
}

/** Of meters and states that nobody has looked at yet, only the newest matters. */
function replacesLast(event: AppEvent, last: AppEvent | undefined): boolean {
  return last?.type === event.type && (event.type === 'level' || event.type === 'state');
}
