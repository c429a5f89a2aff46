import { z } from 'zod';
import { alwaysAvailable, defineTool } from '../tool.ts';
import { sameItem } from './shopping-words.ts';

export interface RemoveFromListResult {
  readonly removed: readonly string[];
  readonly notThere: readonly string[];
  readonly count: number;
}

export const removeFromList = defineTool({
  name: 'remove_from_list',
  description: 'Takes things off the shopping list, by name.',
  input: z.object({ items: z.array(z.string().trim().min(1).max(200)).min(1).max(30) }),
  leavesMachine: false,
  availability: alwaysAvailable,
  async run({ items }, { services }): Promise<RemoveFromListResult> {
    const removed: string[] = [];
    const notThere: string[] = [];
    for (const item of items) {
      const found = services.shoppingList.list().filter((listed) => sameItem(listed, item));
      for (const listed of found) services.shoppingList.remove(listed);
      removed.push(...found);
      if (found.length === 0) notThere.push(item);
    }
    return { removed, notThere, count: services.shoppingList.list().length };
  },
});
