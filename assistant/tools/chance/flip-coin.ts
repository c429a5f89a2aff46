import { z } from 'zod';
import { alwaysAvailable, defineTool } from '../tool.ts';

export const flipCoin = defineTool({
  name: 'flip_coin',
  description: 'Flips a coin: heads or tails.',
  input: z.object({}),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run(_input, context) {
    return { side: context.random() < 0.5 ? 'heads' : 'tails' };
  },
});
