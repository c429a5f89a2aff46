import { z } from 'zod';
import { isoMinute, wallTimeAt } from '../../schedule/zoned-time.ts';
import { alwaysAvailable, defineTool } from '../tool.ts';

export interface ReminderListing {
  readonly text: string;
  /** Wall time; left out for things without a time. */
  readonly at?: string;
  readonly weekdays: readonly number[];
}
export interface ListRemindersResult {
  /** Those with a time first, soonest first. */
  readonly reminders: readonly ReminderListing[];
}

export const listReminders = defineTool({
  name: 'list_reminders',
  description: 'The reminders and things to do, with their times.',
  input: z.object({}),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run(_input, { timeZone, services }): Promise<ListRemindersResult> {
    const timed = services.schedule.list('reminder').map((reminder) => ({
      text: reminder.title,
      at: isoMinute(wallTimeAt(reminder.dueAt, timeZone)),
      weekdays: reminder.repeat?.weekdays ?? [],
    }));
    const untimed = services.toDos.list().map(({ text }) => ({ text, weekdays: [] }));
    return { reminders: [...timed, ...untimed] };
  },
});
