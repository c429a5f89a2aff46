import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import HistoryView from '../../../renderer/views/history-view.svelte';
import { openSotto, settle, type OpenedSotto } from '../opened-sotto.ts';
import { setupPage } from '../setup-page.ts';

let opened: OpenedSotto;

beforeAll(setupPage);
beforeEach(async () => {
  opened = await openSotto();
  render(HistoryView, { sotto: opened.sotto });
  await settle();
});
afterEach(() => {
  cleanup();
  opened.sotto.history.undoDelete();
});

test('typing searches after a rest and marks what was found', async () => {
  const before = opened.assistant.called('listConversations').length;
  const field = screen.getByRole('searchbox');
  for (const value of ['t', 'ti', 'timer']) await fireEvent.input(field, { target: { value } });
  await settle(260);
  expect(opened.assistant.called('listConversations')).toHaveLength(before + 1);
  expect([...document.querySelectorAll('mark')].map((mark) => mark.textContent)).toContain('timer');
});

test('a search without a result says so', async () => {
  await fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'zebra' } });
  await settle(260);
  expect(screen.getByText('Nothing found for “zebra”.')).toBeTruthy();
});

test('a conversation opens to be read, with the focus on its title, and can be gone on with', async () => {
  await fireEvent.click(screen.getByRole('button', { name: /^How far is Lisbon/ }));
  await settle();
  expect(document.activeElement?.textContent).toBe('How far is Lisbon from Porto');
  expect(screen.getByText('how far is lisbon from porto')).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
  await settle();
  expect(opened.assistant.called('openConversation')).toEqual([{ conversationId: 'trip' }]);
  expect(opened.sotto.navigation.view).toBe('talk');
});

test('a deleted conversation comes back with undo', async () => {
  await fireEvent.click(screen.getByRole('button', { name: 'Delete: Set a timer for the pasta' }));
  expect(screen.queryByRole('button', { name: /^Set a timer/ })).toBeNull();
  expect(screen.getByText('Deleted “Set a timer for the pasta”.')).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(screen.getByRole('button', { name: /^Set a timer/ })).toBeTruthy();
  expect(opened.assistant.called('deleteConversation')).toEqual([]);
});

test('everything is exported as text from a menu that works by keyboard', async () => {
  const createObjectURL = vi.fn(() => 'blob:sotto');
  Object.assign(URL, { createObjectURL, revokeObjectURL: vi.fn() });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  await fireEvent.click(screen.getByRole('button', { name: 'Export everything' }));
  const first = screen.getByRole('menuitem', { name: 'as text (Markdown)' });
  expect(document.activeElement).toBe(first);
  await fireEvent.keyDown(first, { key: 'ArrowDown' });
  expect(document.activeElement).toBe(screen.getByRole('menuitem', { name: 'as data (JSON)' }));
  await fireEvent.click(first);
  await settle();
  expect(opened.assistant.called('exportHistory')).toEqual([{ format: 'markdown' }]);
  expect(createObjectURL).toHaveBeenCalledOnce();
});
