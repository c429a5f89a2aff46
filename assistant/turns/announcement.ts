import type { FiredItem } from '../schedule/scheduled-item.ts';

/** What is said when a timer, an alarm or a reminder is due. */
export function announcement({ item, missed }: FiredItem): string {
  const title = item.title.trim();
  if (item.kind === 'reminder')
    return missed ? `While I was away: ${title || 'a reminder'}.` : `Reminder: ${title || 'now'}.`;
  const what = item.kind === 'timer' ? 'timer' : 'alarm';
  const named = title ? `Your ${title} ${what}` : `Your ${what}`;
  return missed ? `${named} went off while I was away.` : `${named} is up.`;
}

/** The same as a title for the notification and the conversation. */
export function announcementTitle({ item }: FiredItem): string {
  const kinds = { timer: 'Timer', alarm: 'Alarm', reminder: 'Reminder' } as const;
  return item.title.trim() || kinds[item.kind];
}
