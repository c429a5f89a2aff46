import { z } from 'zod';
import { alwaysAvailable, defineTool } from '../tool.ts';

export interface AddToListResult {
  readonly added: readonly string[];
  readonly alreadyThere: readonly string[];
  readonly count: number;
}

export const addToList = defineTool({
  name: 'add_to_list',
  description: 'Puts things on the shopping list.',
  input: z.object({ items: z.array(z.string().trim().min(1).max(200)).min(1).max(30) }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ items }, { now, services }): Promise<AddToListResult> {
    const added = items.filter((item) => services.shoppingList.add(item, now().getTime()));
    const alreadyThere = items.filter((item) => !added.includes(item));
    return { added, alreadyThere, count: services.shoppingList.list().length };
  },
});
