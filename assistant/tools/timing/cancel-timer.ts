import { z } from 'zod';
import type { ScheduledItem } from '../../schedule/scheduled-item.ts';
import { alwaysAvailable, defineTool } from '../tool.ts';
import { hasTitle } from './title-match.ts';

export interface CancelTimerResult {
  readonly cancelled: readonly CancelledTimer[];
  /** Filled instead when it is not clear which one is meant: nothing was cancelled. */
  readonly choices: readonly CancelledTimer[];
}
export interface CancelledTimer {
  readonly label: string;
  readonly seconds: number;
}

export const cancelTimer = defineTool({
  name: 'cancel_timer',
  description:
    'Cancels a running timer: the only one, the one with a label or a length, or all of them. When several fit, nothing is cancelled and the choices are given.',
  input: z.object({
    label: z.string().max(100).optional(),
    seconds: z.number().positive().optional().describe('The length it was set to.'),
    all: z.boolean().default(false),
  }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ label, seconds, all }, { services }): Promise<CancelTimerResult> {
    const fitting = services.schedule
      .list('timer')
      .filter((timer) => label === undefined || hasTitle(timer, label))
      .filter((timer) => seconds === undefined || Math.abs(lengthOf(timer) - seconds) < 1);
    if (fitting.length > 1 && !all) return { cancelled: [], choices: fitting.map(described) };
    const cancelled = fitting.filter((timer) => services.schedule.cancel(timer.id));
    return { cancelled: cancelled.map(described), choices: [] };
  },
});

function lengthOf(timer: ScheduledItem): number {
  return Math.round((timer.dueAt - timer.createdAt) / 1000);
}

function described(timer: ScheduledItem): CancelledTimer {
  return { label: timer.title, seconds: lengthOf(timer) };
}
