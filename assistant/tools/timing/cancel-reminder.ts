import { z } from 'zod';
import { alwaysAvailable, defineTool } from '../tool.ts';
import { hasTitle } from './title-match.ts';

export const cancelReminder = defineTool({
  name: 'cancel_reminder',
  description: 'Deletes reminders and things to do whose text holds the given words.',
  input: z.object({ text: z.string().trim().min(1).max(200) }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ text }, { services }) {
    const timed = services.schedule.list('reminder').filter((reminder) => hasTitle(reminder, text));
    const untimed = services.toDos.list().filter((toDo) => hasTitle({ title: toDo.text }, text));
    for (const reminder of timed) services.schedule.cancel(reminder.id);
    for (const toDo of untimed) services.toDos.remove(toDo.id);
    return { cancelled: [...timed.map((one) => one.title), ...untimed.map((one) => one.text)] };
  },
});
