import { z } from 'zod';
import { alwaysAvailable, defineTool } from '../tool.ts';

export const clearList = defineTool({
  name: 'clear_list',
  description: 'Empties the shopping list.',
  input: z.object({}),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run(_input, { services }) {
    return { removed: services.shoppingList.removeAll() };
  },
});
