import { expect, test } from 'vitest';
import { sameItem, splitItems } from '../../../../assistant/tools/lists/shopping-words.ts';
import { ToolRegistry } from '../../../../assistant/tools/tool-registry.ts';
import { neverAborted, testContext } from '../tool-context.ts';

const registry = new ToolRegistry();

test.each([
  ['milk', ['milk']],
  ['milk and bread', ['milk', 'bread']],
  ['milk eggs and bread', ['milk', 'eggs', 'bread']],
  ['olive oil and flour', ['olive oil', 'flour']],
  ['some butter', ['butter']],
  ['a bottle of red wine', ['a bottle of red wine']],
  ['macaroni and cheese', ['macaroni and cheese']],
  ['toilet paper soap', ['toilet paper', 'soap']],
  ['', []],
])('"%s" is %j', (phrase, items) => {
  expect(splitItems(phrase)).toEqual(items);
});

test('quantities do not hide that two items are the same', () => {
  expect(sameItem('a dozen eggs', 'eggs')).toBe(true);
  expect(sameItem('eggs', 'the egg')).toBe(true);
  expect(sameItem('peanut butter', 'milk')).toBe(false);
});

test('the shopping list takes things once, gives them up by name, and can be emptied', async () => {
  const context = testContext();
  const call = (name: string, given: unknown = {}) => registry.call(name, given, context, neverAborted);
  expect(await call('add_to_list', { items: ['milk', 'bread'] })).toEqual({
    added: ['milk', 'bread'],
    alreadyThere: [],
    count: 2,
  });
  expect(await call('add_to_list', { items: ['Milk', 'eggs'] })).toEqual({
    added: ['eggs'],
    alreadyThere: ['Milk'],
    count: 3,
  });
  expect(await call('read_list')).toEqual({ items: ['milk', 'bread', 'eggs'] });
  expect(await call('remove_from_list', { items: ['the bread', 'beer'] })).toEqual({
    removed: ['bread'],
    notThere: ['beer'],
    count: 2,
  });
  expect(await call('clear_list')).toEqual({ removed: 2 });
  expect(await call('read_list')).toEqual({ items: [] });
});

test('notes are kept and read, the newest first', async () => {
  const context = testContext();
  const call = (name: string, given: unknown = {}) => registry.call(name, given, context, neverAborted);
  await call('add_note', { text: 'the first' });
  await call('add_note', { text: 'the second' });
  const read = (await call('read_notes')) as { count: number; notes: { id: number; text: string }[] };
  expect(read).toMatchObject({ count: 2, notes: [{ text: 'the second' }, { text: 'the first' }] });
  expect(await call('delete_note', { id: read.notes[0]!.id })).toEqual({ deleted: true });
  expect(await call('read_notes')).toMatchObject({ count: 1, notes: [{ text: 'the first' }] });
});
