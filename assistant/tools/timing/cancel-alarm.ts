import { z } from 'zod';
import { wallTimeAt } from '../../schedule/zoned-time.ts';
import { alwaysAvailable, defineTool } from '../tool.ts';
import { alarmListing, type AlarmListing } from './list-alarms.ts';

export interface CancelAlarmResult {
  readonly cancelled: readonly AlarmListing[];
  /** Filled instead when it is not clear which one is meant: nothing was cancelled. */
  readonly choices: readonly AlarmListing[];
}

export const cancelAlarm = defineTool({
  name: 'cancel_alarm',
  description:
    'Cancels an alarm: the only one, the one at a clock time, or all. When several fit, nothing is cancelled and the choices are given.',
  input: z.object({
    time: z
      .string()
      .regex(/^([01]?\d|2[0-3]):[0-5]\d$/)
      .optional()
      .describe('Clock time of the alarm: "07:00".'),
    eitherHalf: z.boolean().default(false).describe('True when 07:00 may also mean 19:00.'),
    all: z.boolean().default(false),
  }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ time, eitherHalf, all }, { timeZone, services }): Promise<CancelAlarmResult> {
    const fitting = services.schedule
      .list('alarm')
      .filter((alarm) => time === undefined || shows(alarm.dueAt, time, eitherHalf, timeZone));
    if (fitting.length > 1 && !all) {
      return { cancelled: [], choices: fitting.map((alarm) => alarmListing(alarm, timeZone)) };
    }
    const cancelled = fitting.filter((alarm) => services.schedule.cancel(alarm.id));
    return { cancelled: cancelled.map((alarm) => alarmListing(alarm, timeZone)), choices: [] };
  },
});

function shows(instant: number, time: string, eitherHalf: boolean, timeZone: string): boolean {
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  const wall = wallTimeAt(instant, timeZone);
  const sameHour = eitherHalf ? wall.hour % 12 === hour % 12 : wall.hour === hour;
  return sameHour && wall.minute === minute;
}
