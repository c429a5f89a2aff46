import { z } from 'zod';
import { defineTool } from '../tool.ts';

export type BatteryResult =
  | { readonly battery: false }
  | {
      readonly battery: true;
      readonly percent: number;
      readonly state: 'charging' | 'discharging' | 'full' | 'unknown';
    };

export const batteryStatus = defineTool({
  name: 'battery_status',
  description: "How full this computer's battery is and whether it charges.",
  input: z.object({}),
  leavesMachine: false,
  availability: ({ services }) => (services.battery ? '' : 'The battery cannot be read on this computer.'),
  async run(_input, { services }, signal): Promise<BatteryResult> {
    const found = await services.battery?.(signal);
    if (!found) return { battery: false };
    return { battery: true, percent: Math.round(found.level * 100), state: found.state };
  },
});
