import type { ScheduleService } from '../tools/tool-context.ts';
import { nextOccurrence } from './next-occurrence.ts';
import type { FiredItem, NewScheduledItem, ScheduledItem, ScheduledKind } from './scheduled-item.ts';
import type { ScheduleStore } from './schedule-store.ts';

/**
 * The longest nap between two looks at the clock. Short, because timers of the runtime stand still while a
 * machine sleeps and cannot count beyond 24.8 days, and because a person may set the clock.
 */
const LONGEST_NAP_MS = 20_000;

/** An item found this long after it was due counts as missed. */
const MISSED_AFTER_MS = 60_000;

export interface ScheduleOptions {
  readonly store: ScheduleStore;
  /** Milliseconds since 1970. */
  now(): number;
  /** The person's zone now; asked again for each repetition. */
  timeZone(): string;
  /** Calls back once after so many milliseconds; the returned function calls it off. */
  setTimer(callback: () => void, afterMs: number): () => void;
  /** Rings, shows, says. Called once for each item that has come due, soonest first. */
  onFire(fired: FiredItem): void;
}

/** Rings timers, alarms and reminders when their time comes; what fell due meanwhile is told at the start. */
export class Schedule implements ScheduleService {
  private readonly options: ScheduleOptions;
  private callOff: (() => void) | undefined;
  private running = false;

  constructor(options: ScheduleOptions) {
    this.options = options;
  }

  /** Fires what was missed and begins to watch the clock. */
  start(): void {
    this.running = true;
    this.look();
  }

  stop(): void {
    this.running = false;
    this.callOff?.();
    this.callOff = undefined;
  }

  add(item: NewScheduledItem): ScheduledItem {
    const added = this.options.store.add(item, this.options.now());
    if (this.running) this.napUntilNext();
    return added;
  }

  list(kind?: ScheduledKind): readonly ScheduledItem[] {
    return this.options.store.list(kind);
  }

  cancel(id: string): boolean {
    return this.options.store.remove(id);
  }

  /** Fires everything that is due, then waits for the next. */
  private look(): void {
    const now = this.options.now();
    try {
      for (const item of this.options.store.list()) {
        if (item.dueAt > now) break;
        this.settle(item, now);
        this.options.onFire({ item, firedAt: now, missed: now - item.dueAt > MISSED_AFTER_MS });
      }
    } finally {
      if (this.running) this.napUntilNext();
    }
  }

  /** A repeating item moves on to its next time before it rings; any other is done with. */
  private settle(item: ScheduledItem, now: number): void {
    if (!item.repeat) this.options.store.remove(item.id);
    else this.options.store.reschedule(item.id, nextOccurrence(item.repeat, now, this.options.timeZone()));
  }

  private napUntilNext(): void {
    this.callOff?.();
    this.callOff = undefined;
    const next = this.options.store.list()[0];
    if (!next) return;
    const untilDueMs = Math.max(0, next.dueAt - this.options.now());
    this.callOff = this.options.setTimer(() => this.look(), Math.min(untilDueMs, LONGEST_NAP_MS));
  }
}

/** The runtime's own timers, which do not keep the process alive. */
export function runtimeTimer(callback: () => void, afterMs: number): () => void {
  const timer = setTimeout(callback, afterMs);
  timer.unref();
  return () => clearTimeout(timer);
}
