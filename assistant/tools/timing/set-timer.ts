import { z } from 'zod';
import { alwaysAvailable, defineTool } from '../tool.ts';

const LONGEST_SECONDS = 366 * 24 * 3600;

export interface SetTimerResult {
  readonly id: string;
  readonly label: string;
  readonly seconds: number;
  /** Milliseconds since 1970. */
  readonly dueAt: number;
}

export const setTimer = defineTool({
  name: 'set_timer',
  description: 'Starts a timer that rings after a number of seconds.',
  input: z.object({
    seconds: z.number().min(1).max(LONGEST_SECONDS),
    label: z.string().trim().max(100).default('').describe('What it is for, for example "pasta".'),
  }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ seconds, label }, { now, services }): Promise<SetTimerResult> {
    const dueAt = now().getTime() + Math.round(seconds * 1000);
    const { id } = services.schedule.add({ kind: 'timer', title: label, dueAt });
    return { id, label, seconds, dueAt };
  },
});
