import type { Interval } from '../scores/interval.ts';
import type { Share } from '../scores/share.ts';

/** Figures as a page shows them. Nothing counted is a dash, never a zero. */
export function percent(share: number | undefined): string {
  return share === undefined ? '–' : `${(100 * share).toFixed(1)} %`;
}

export function percentOf(one: Share): string {
  return one.share === undefined ? '–' : `${percent(one.share)} (${one.right} of ${one.of})`;
}

export function range([low, high]: Interval): string {
  return `${(100 * low).toFixed(1)}–${(100 * high).toFixed(1)} %`;
}
