import { z } from 'zod';
import type { ScheduledItem } from '../../schedule/scheduled-item.ts';
import { isoMinute, wallTimeAt } from '../../schedule/zoned-time.ts';
import { alwaysAvailable, defineTool } from '../tool.ts';

export interface AlarmListing {
  readonly id: string;
  readonly label: string;
  /** Wall time of the next ring. */
  readonly at: string;
  readonly weekdays: readonly number[];
}
export interface ListAlarmsResult {
  /** Soonest first. */
  readonly alarms: readonly AlarmListing[];
}

export const listAlarms = defineTool({
  name: 'list_alarms',
  description: 'The alarms that are set, the next first.',
  input: z.object({}),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run(_input, { timeZone, services }): Promise<ListAlarmsResult> {
    return { alarms: services.schedule.list('alarm').map((alarm) => alarmListing(alarm, timeZone)) };
  },
});

export function alarmListing(alarm: ScheduledItem, timeZone: string): AlarmListing {
  return {
    id: alarm.id,
    label: alarm.title,
    at: isoMinute(wallTimeAt(alarm.dueAt, timeZone)),
    weekdays: alarm.repeat?.weekdays ?? [],
  };
}
