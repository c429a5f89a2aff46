import { splitItems } from '../tools/lists/shopping-words.ts';
import { ask, call, type IntentHandlers } from './intent-handler.ts';

export const listIntents: IntentHandlers = {
  add_note: ({ slots }) =>
    slots.text ? call('add_note', { text: slots.text }) : ask('What should I write down?'),
  read_notes: ({ transcript }) =>
    call('read_notes', { limit: /\b(last|latest)\b/.test(transcript) ? 1 : undefined }),
  add_to_list: ({ slots }) => {
    const items = splitItems(slots.item ?? '');
    return items.length > 0 ? call('add_to_list', { items }) : ask('What should I put on the shopping list?');
  },
  read_list: () => call('read_list'),
  remove_from_list: ({ slots }) => {
    const items = splitItems(slots.item ?? '');
    if (items.length === 0) return ask('What should I take off the shopping list?');
    return /^(everything|all|all of it)$/.test(items[0]!)
      ? call('clear_list')
      : call('remove_from_list', { items });
  },
  clear_list: () => call('clear_list'),
};
