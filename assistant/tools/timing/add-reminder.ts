import { z } from 'zod';
import { UserError } from '../../../contract/user-errors.ts';
import { nextOccurrence } from '../../schedule/next-occurrence.ts';
import { alwaysAvailable, defineTool } from '../tool.ts';
import { localInstant, localMinute } from './local-minute.ts';

export interface AddReminderResult {
  readonly text: string;
  /** Wall time of the first reminder; left out when it has no time. */
  readonly at?: string;
  readonly dueAt?: number;
  readonly weekdays: readonly number[];
}

export const addReminder = defineTool({
  name: 'add_reminder',
  description:
    'Reminds of something at a date and time, once or on some weekdays; without a time it goes on the list of things to do.',
  input: z.object({
    text: z.string().trim().min(1).max(500).describe('What to do: "call mom".'),
    at: localMinute.optional().describe('Local wall time: "2026-11-22T09:00".'),
    weekdays: z
      .array(z.number().int().min(0).max(6))
      .max(7)
      .default([])
      .describe('0 = Sunday; empty for once.'),
  }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ text, at, weekdays }, context): Promise<AddReminderResult> {
    const nowMs = context.now().getTime();
    if (at === undefined) {
      context.services.toDos.add(text, nowMs);
      return { text, weekdays: [] };
    }
    const { instant, wall } = localInstant(at, context.timeZone);
    const repeat = weekdays.length > 0 ? { hour: wall.hour, minute: wall.minute, weekdays } : undefined;
    const dueAt = repeat ? nextOccurrence(repeat, nowMs, context.timeZone) : instant;
    if (dueAt <= nowMs) {
      throw new UserError('tool-bad-arguments', { tool: 'add_reminder', problem: 'that time has passed' });
    }
    context.services.schedule.add({ kind: 'reminder', title: text, dueAt, ...(repeat ? { repeat } : {}) });
    return { text, at, dueAt, weekdays };
  },
});
