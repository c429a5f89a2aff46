import { shareInterval, type Interval } from './interval.ts';

/** How many of some things hold. */
export interface Share {
  /** 0..1; undefined where nothing was counted. */
  readonly share: number | undefined;
  readonly right: number;
  readonly of: number;
  /** 95 % */
  readonly interval: Interval;
}

export function share(right: number, of: number): Share {
  return { share: of === 0 ? undefined : right / of, right, of, interval: shareInterval(right, of) };
}
