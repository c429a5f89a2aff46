import { z } from 'zod';
import { alwaysAvailable, defineTool } from '../tool.ts';

export interface ReadListResult {
  readonly items: readonly string[];
}

export const readList = defineTool({
  name: 'read_list',
  description: 'Reads the shopping list.',
  input: z.object({}),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run(_input, { services }): Promise<ReadListResult> {
    return { items: services.shoppingList.list() };
  },
});
