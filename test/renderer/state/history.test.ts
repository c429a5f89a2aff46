import { afterEach, expect, test, vi } from 'vitest';
import { undoMs } from '../../../renderer/state/history.svelte.ts';
import { groupByDay } from '../../../renderer/state/days.ts';
import { snippetParts } from '../../../renderer/state/highlight.ts';
import { openSotto, settle } from '../opened-sotto.ts';

afterEach(() => vi.useRealTimers());

test('a deletion can be taken back until its time is over', async () => {
  const { sotto, assistant } = await openSotto();
  await sotto.history.read();
  const [first, second] = sotto.history.conversations;
  if (!first || !second) throw new Error('The script has no conversations.');
  vi.useFakeTimers();
  sotto.history.delete(first);
  expect(sotto.history.conversations[0]?.id).toBe(second.id);
  sotto.history.undoDelete();
  expect(sotto.history.conversations[0]?.id).toBe(first.id);
  await vi.advanceTimersByTimeAsync(undoMs * 2);
  expect(assistant.called('deleteConversation')).toEqual([]);
  sotto.history.delete(first);
  await vi.advanceTimersByTimeAsync(undoMs + 1);
  expect(assistant.called('deleteConversation')).toEqual([{ conversationId: first.id }]);
});

test('closing the window completes a deletion that waits', async () => {
  const { sotto, assistant } = await openSotto();
  await sotto.history.read();
  const [first] = sotto.history.conversations;
  if (!first) throw new Error('The script has no conversations.');
  sotto.history.delete(first);
  sotto.history.settleDeletion();
  await settle();
  expect(assistant.called('deleteConversation')).toEqual([{ conversationId: first.id }]);
});

test('a search asks the assistant and shows its snippets', async () => {
  const { sotto, assistant } = await openSotto();
  sotto.history.query = 'timer';
  await sotto.history.read();
  expect(assistant.called('listConversations').at(-1)).toEqual({ limit: 50, query: 'timer' });
  expect(sotto.history.conversations.map((one) => one.snippet)).toContain(
    'set a ‹timer› for the pasta, eleven minutes',
  );
});

test('marked words in a snippet are found, stray marks stay text', () => {
  expect(snippetParts('set a ‹timer› for › pasta')).toEqual([
    { text: 'set a ', found: false },
    { text: 'timer', found: true },
    { text: ' for › pasta', found: false },
  ]);
});

test('conversations are grouped by calendar days', () => {
  const now = new Date(2026, 10, 21, 9).getTime();
  const at = (day: number, hour: number) => ({ updatedAt: new Date(2026, 10, day, hour).getTime() });
  expect(groupByDay([at(21, 1), at(20, 23), at(17, 12), at(2, 12)], now).map(({ group }) => group)).toEqual([
    'today',
    'yesterday',
    'thisWeek',
    'earlier',
  ]);
});

test('going on with a conversation opens it for the next turn', async () => {
  const { sotto } = await openSotto();
  await sotto.history.read();
  const kitchen = sotto.history.conversations.find((one) => one.id === 'kitchen');
  if (!kitchen) throw new Error('The script has no kitchen.');
  await sotto.history.continueWith(kitchen);
  await settle();
  expect(sotto.conversation.id).toBe('kitchen');
  expect(sotto.conversation.turns).toHaveLength(1);
});
