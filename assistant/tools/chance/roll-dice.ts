import { z } from 'zod';
import { alwaysAvailable, defineTool } from '../tool.ts';

export const rollDice = defineTool({
  name: 'roll_dice',
  description: 'Rolls one or more dice with any number of sides.',
  input: z.object({
    count: z.number().int().min(1).max(20).default(1),
    sides: z.number().int().min(2).max(1000).default(6),
  }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ count, sides }, context) {
    const rolls = Array.from({ length: count }, () => 1 + Math.floor(context.random() * sides));
    return { sides, rolls, sum: rolls.reduce((sum, roll) => sum + roll, 0) };
  },
});
