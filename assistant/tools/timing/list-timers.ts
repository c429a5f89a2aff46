import { z } from 'zod';
import { alwaysAvailable, defineTool } from '../tool.ts';
import { hasTitle } from './title-match.ts';

export interface TimerLeft {
  readonly id: string;
  readonly label: string;
  /** What was set. */
  readonly seconds: number;
  readonly secondsLeft: number;
}
export interface ListTimersResult {
  /** Soonest first. */
  readonly timers: readonly TimerLeft[];
  /** The label asked for, when one was. */
  readonly label?: string;
}

export const listTimers = defineTool({
  name: 'list_timers',
  description: 'The running timers and how many seconds each has left.',
  input: z.object({ label: z.string().max(100).optional().describe('Only timers with this label.') }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ label }, { now, services }): Promise<ListTimersResult> {
    const nowMs = now().getTime();
    const timers = services.schedule
      .list('timer')
      .filter((timer) => label === undefined || hasTitle(timer, label))
      .map((timer) => ({
        id: timer.id,
        label: timer.title,
        seconds: Math.round((timer.dueAt - timer.createdAt) / 1000),
        secondsLeft: Math.max(0, Math.round((timer.dueAt - nowMs) / 1000)),
      }));
    return { timers, ...(label ? { label } : {}) };
  },
});
