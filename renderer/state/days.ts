export type DayGroup = 'today' | 'yesterday' | 'thisWeek' | 'earlier';

/** The part of the past a moment belongs to, by calendar days. */
export function dayGroup(milliseconds: number, now: number): DayGroup {
  const days = Math.round((startOfDay(now) - startOfDay(milliseconds)) / 86_400_000);
  if (days <= 0) return 'today';
  if (days === 1) return 'yesterday';
  return days < 7 ? 'thisWeek' : 'earlier';
}

/** Items in order, cut into the parts of the past they belong to. */
export function groupByDay<T extends { readonly updatedAt: number }>(
  items: readonly T[],
  now: number,
): { group: DayGroup; items: T[] }[] {
  const groups: { group: DayGroup; items: T[] }[] = [];
  for (const item of items) {
    const group = dayGroup(item.updatedAt, now);
    const last = groups.at(-1);
    if (last?.group === group) last.items.push(item);
    else groups.push({ group, items: [item] });
  }
  return groups;
}

function startOfDay(milliseconds: number): number {
  return new Date(milliseconds).setHours(0, 0, 0, 0);
}
