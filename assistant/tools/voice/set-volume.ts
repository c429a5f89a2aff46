import { z } from 'zod';
import { alwaysAvailable, defineTool } from '../tool.ts';

/** What "unmute" goes back to when nothing else is known. */
const AUDIBLE_PERCENT = 60;

export interface SetVolumeResult {
  /** 0..100 */
  readonly percent: number;
  readonly before: number;
  readonly muted: boolean;
}

export const setVolume = defineTool({
  name: 'set_volume',
  description:
    "Changes how loud Sotto's own voice is: to a percentage, by a number of percent, or muted and unmuted.",
  input: z.object({
    percent: z.number().min(0).max(100).optional(),
    change: z
      .number()
      .min(-100)
      .max(100)
      .optional()
      .describe('Percent louder (positive) or quieter (negative).'),
    muted: z.boolean().optional(),
  }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ percent, change, muted }, { services }): Promise<SetVolumeResult> {
    const before = Math.round(services.volume.get() * 100);
    const wanted = wantedPercent(before, percent, change, muted);
    await services.volume.set(wanted / 100);
    return { percent: wanted, before, muted: wanted === 0 };
  },
});

function wantedPercent(before: number, percent?: number, change?: number, muted?: boolean): number {
  if (muted === true) return 0;
  if (percent !== undefined) return Math.round(percent);
  if (change !== undefined) return Math.min(100, Math.max(0, Math.round(before + change)));
  return muted === false && before === 0 ? AUDIBLE_PERCENT : before;
}
