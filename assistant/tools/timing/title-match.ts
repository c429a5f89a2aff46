import type { ScheduledItem } from '../../schedule/scheduled-item.ts';

/** True when the title holds the words, or the words hold the title; "egg" finds "eggs". */
export function hasTitle(item: Pick<ScheduledItem, 'title'>, words: string): boolean {
  const title = item.title.toLowerCase();
  const named = words.trim().toLowerCase();
  return title !== '' && named !== '' && (title.includes(named) || named.includes(title));
}
