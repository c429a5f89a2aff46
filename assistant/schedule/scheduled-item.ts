export type ScheduledKind = 'timer' | 'alarm' | 'reminder';

/** When a repeating item comes again: at a wall-clock time on some weekdays, in the person's own zone. */
export interface Repeat {
  readonly hour: number;
  readonly minute: number;
  /** 0 = Sunday .. 6 = Saturday; never empty. */
  readonly weekdays: readonly number[];
}

export interface ScheduledItem {
  readonly id: string;
  readonly kind: ScheduledKind;
  /** What it is for: "pasta", "call mom". Empty when the person named nothing. */
  readonly title: string;
  /** Milliseconds since 1970. */
  readonly dueAt: number;
  readonly createdAt: number;
  readonly repeat?: Repeat;
}

export type NewScheduledItem = Pick<ScheduledItem, 'kind' | 'title' | 'dueAt' | 'repeat'>;

/** An item whose time has come. */
export interface FiredItem {
  readonly item: ScheduledItem;
  readonly firedAt: number;
  /** True when it fell due while nobody was there to ring: Sotto was closed or the machine asleep. */
  readonly missed: boolean;
}
