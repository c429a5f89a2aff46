import { z } from 'zod';
import { nextOccurrence } from '../../schedule/next-occurrence.ts';
import { alwaysAvailable, defineTool } from '../tool.ts';
import { UserError } from '../../../contract/user-errors.ts';
import { localInstant, localMinute } from './local-minute.ts';

export interface SetAlarmResult {
  readonly id: string;
  readonly label: string;
  /** Wall time of the first ring: "2026-11-22T07:00". */
  readonly at: string;
  readonly dueAt: number;
  /** 0 = Sunday; empty when it rings once. */
  readonly weekdays: readonly number[];
}

export const setAlarm = defineTool({
  name: 'set_alarm',
  description: 'Sets an alarm for a date and time, once or on some weekdays.',
  input: z.object({
    at: localMinute.describe('When it first rings, local wall time: "2026-11-22T07:00".'),
    weekdays: z
      .array(z.number().int().min(0).max(6))
      .max(7)
      .default([])
      .describe('Days on which it repeats, 0 = Sunday; empty for once.'),
    label: z.string().trim().max(100).default(''),
  }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ at, weekdays, label }, context): Promise<SetAlarmResult> {
    const nowMs = context.now().getTime();
    const { instant, wall } = localInstant(at, context.timeZone);
    const repeat = weekdays.length > 0 ? { hour: wall.hour, minute: wall.minute, weekdays } : undefined;
    const dueAt = repeat ? nextOccurrence(repeat, nowMs, context.timeZone) : instant;
    if (dueAt <= nowMs)
      throw new UserError('tool-bad-arguments', { tool: 'set_alarm', problem: 'that time has passed' });
    const { id } = context.services.schedule.add({
      kind: 'alarm',
      title: label,
      dueAt,
      ...(repeat ? { repeat } : {}),
    });
    return { id, label, at, dueAt, weekdays };
  },
});
