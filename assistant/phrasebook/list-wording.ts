import type { AddToListResult } from '../tools/lists/add-to-list.ts';
import type { ReadListResult } from '../tools/lists/read-list.ts';
import type { ReadNotesResult } from '../tools/lists/read-notes.ts';
import type { RemoveFromListResult } from '../tools/lists/remove-from-list.ts';
import { pick } from './pick.ts';
import { sayCount, sayList, sentence } from './say-list.ts';
import type { ToolWordings } from './tool-wording.ts';

export const listWordings: ToolWordings = {
  add_note: ({ result }, context) => {
    const { text } = result as { text: string };
    return pick([`Noted: ${text}.`, `I wrote it down: ${text}.`, `Got it. ${sentence(text)}.`], context);
  },
  read_notes: ({ result }) => {
    const { count, notes } = result as ReadNotesResult;
    if (count === 0) return 'You have no notes.';
    const texts = notes.map((note) => note.text).join('; ');
    if (notes.length === 1)
      return count === 1 ? `You have one note: ${texts}.` : `Your latest note: ${texts}.`;
    if (count > notes.length) return `You have ${count} notes. The latest are: ${texts}.`;
    return `You have ${count} notes: ${texts}.`;
  },
  delete_note: ({ result }) =>
    (result as { deleted: boolean }).deleted ? 'I deleted that note.' : "I can't find that note.",
  add_to_list: ({ result }, context) => {
    const { added, alreadyThere } = result as AddToListResult;
    if (added.length === 0)
      return `${sentence(sayList(alreadyThere))} ${areOrIs(alreadyThere)} on your list already.`;
    const rest = alreadyThere.length > 0 ? ` You had ${sayList(alreadyThere)} on it already.` : '';
    const what = sayList(added);
    return (
      pick(
        [
          `I added ${what} to your shopping list.`,
          `${sentence(what)}: on the list.`,
          `Okay, ${what} on your shopping list.`,
        ],
        context,
      ) + rest
    );
  },
  read_list: ({ result }) => {
    const { items } = result as ReadListResult;
    if (items.length === 0) return 'Your shopping list is empty.';
    if (items.length === 1) return `There is one thing on your shopping list: ${items[0]}.`;
    return `You have ${sayCount(items.length, 'thing')} on your shopping list: ${sayList(items)}.`;
  },
  remove_from_list: ({ result }) => {
    const { removed, notThere, count } = result as RemoveFromListResult;
    if (removed.length === 0) return `${sentence(sayList(notThere))} ${areOrIs(notThere)} not on your list.`;
    const missing = notThere.length > 0 ? ` I couldn't find ${sayList(notThere)}.` : '';
    const left = count === 0 ? ' The list is empty now.' : '';
    return `I took ${sayList(removed)} off your list.${missing}${left}`;
  },
  clear_list: ({ result }) => {
    const { removed } = result as { removed: number };
    return removed === 0 ? 'Your shopping list was empty already.' : 'Your shopping list is empty now.';
  },
};

/** "eggs are", "milk is" */
function areOrIs(items: readonly string[]): string {
  return items.length > 1 || /s$/.test(items[0] ?? '') ? 'are' : 'is';
}
