import { z } from 'zod';
import { alwaysAvailable, defineTool } from '../tool.ts';

const SLOWEST = 0.5;
const FASTEST = 2;

export interface SetSpeakingRateResult {
  /** 1 = as recorded. */
  readonly rate: number;
  readonly before: number;
}

export const setSpeakingRate = defineTool({
  name: 'set_speaking_rate',
  description:
    'Changes how fast Sotto speaks: to a rate (1 is normal, 0.5 to 2) or by a factor of the present one.',
  input: z.object({
    rate: z.number().min(SLOWEST).max(FASTEST).optional(),
    factor: z.number().min(0.25).max(4).optional().describe('1.2 is a fifth faster.'),
  }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ rate, factor }, { services }): Promise<SetSpeakingRateResult> {
    const before = services.speakingRate.get();
    const wanted = rate ?? before * (factor ?? 1);
    const kept = Math.round(Math.min(FASTEST, Math.max(SLOWEST, wanted)) * 100) / 100;
    await services.speakingRate.set(kept);
    return { rate: kept, before };
  },
});
