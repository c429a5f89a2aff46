import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import HistoryView from '../../../renderer/views/history-view.svelte';
import SettingsView from '../../../renderer/views/settings-view.svelte';
import TalkView from '../../../renderer/views/talk-view.svelte';
import { openSotto, settle, type OpenedSotto } from '../opened-sotto.ts';
import { moodTurns } from '../scripts.ts';
import { setupPage } from '../setup-page.ts';

let opened: OpenedSotto;

beforeAll(setupPage);
beforeEach(async () => {
  opened = await openSotto();
});
afterEach(cleanup);

const chip = (name: string) => screen.getAllByRole('button', { name })[0] as HTMLElement;

test('a tag is corrected by keyboard, and the focus comes back to it', async () => {
  render(TalkView, { sotto: opened.sotto });
  const tag = chip('quiet');
  await fireEvent.click(tag);
  const menu = screen.getByRole('menu', { name: 'Loudness: what is right?' });
  const present = within(menu).getByRole('menuitemradio', { name: 'quiet', checked: true });
  expect(document.activeElement).toBe(present);
  await fireEvent.keyDown(present, { key: 'ArrowDown' });
  expect(document.activeElement?.textContent?.trim()).toBe('normal');
  await fireEvent.click(document.activeElement as HTMLElement);
  await settle();
  expect(opened.assistant.called('correctTag')).toEqual([
    { turnId: 't1', name: 'loudness', value: 'normal' },
  ]);
  expect(document.activeElement?.textContent?.trim()).toBe('normal loudness');
  expect(screen.queryByRole('menu')).toBeNull();
});

test('a correction says what had been heard, and is taken back from the same menu', async () => {
  render(TalkView, { sotto: opened.sotto });
  await opened.assistant.correctTag({ turnId: 't1', name: 'emotion', value: 'sad' });
  await settle();
  const tag = chip('sad');
  const tip = document.getElementById(tag.getAttribute('aria-describedby') ?? '');
  expect(tip?.textContent?.replace(/\s+/g, ' ')).toContain('You said so. Heard as: happy.');
  await fireEvent.click(tag);
  await fireEvent.click(screen.getByRole('menuitem', { name: 'Undo: back to “happy”' }));
  await settle();
  expect(opened.assistant.called('correctTag').at(-1)).toEqual({
    turnId: 't1',
    name: 'emotion',
    value: null,
  });
  expect(chip('happy')).toBeTruthy();
});

test('Escape closes the menu and corrects nothing', async () => {
  render(TalkView, { sotto: opened.sotto });
  await fireEvent.click(chip('quiet'));
  await fireEvent.keyDown(document.activeElement as HTMLElement, { key: 'Escape' });
  expect(screen.queryByRole('menu')).toBeNull();
  expect(document.activeElement).toBe(chip('quiet'));
  expect(opened.assistant.called('correctTag')).toEqual([]);
});

test('what says little is folded away until somebody asks for all of it', async () => {
  render(TalkView, { sotto: opened.sotto });
  expect(screen.queryByRole('button', { name: 'normal speed' })).toBeNull();
  await fireEvent.click(chip('Everything that was heard'));
  expect(chip('normal speed')).toBeTruthy();
});

test('the picture over a conversation is one sentence and a table to those who do not see it', async () => {
  render(TalkView, { sotto: opened.sotto });
  for (const steps of moodTurns) await opened.assistant.playTurn('voice', steps);
  await settle();
  const [picture] = screen.getAllByRole('figure', { name: 'How it went' });
  const summary = document.getElementById(picture?.getAttribute('aria-describedby') ?? '')?.textContent;
  expect(summary).toMatch(
    /^6 turns\. Feeling: happy, then sad, then calm, then happy; Loudness: quiet, then normal;/,
  );
  const rows = within(picture as HTMLElement).getAllByRole('row');
  expect(rows).toHaveLength(7);
  expect(rows[3]?.textContent?.replace(/\s+/g, ' ')).toContain('sad');
  expect(rows[4]?.textContent).toContain('unsure');
});

test('an answer that was fitted to the tone says why', async () => {
  render(TalkView, { sotto: opened.sotto });
  await opened.assistant.playTurn('voice', moodTurns[0]!);
  await settle();
  expect(screen.getByText('Answered more gently, because you said that you felt sad.')).toBeTruthy();
});

test('the history is found by how something was said, together with the words', async () => {
  render(HistoryView, { sotto: opened.sotto });
  await settle();
  await fireEvent.click(screen.getByText('How it was said'));
  const male = screen.getByRole('button', { name: 'male, 2 exchanges', pressed: false });
  await fireEvent.click(male);
  await settle();
  expect(opened.assistant.called('listConversations').at(-1)).toMatchObject({
    tags: [{ name: 'gender', value: 'male' }],
  });
  expect(screen.queryByRole('button', { name: /^How far is Lisbon/ })).toBeNull();
  expect(screen.getByRole('button', { name: /^What time is it in Tokyo/ })).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'male, 2 exchanges', pressed: true }));
  await settle();
  expect(screen.getByRole('button', { name: /^How far is Lisbon/ })).toBeTruthy();
});

test('a correction elsewhere shows in a conversation that is being read', async () => {
  render(HistoryView, { sotto: opened.sotto });
  await settle();
  await fireEvent.click(screen.getByRole('button', { name: /^What time is it in Tokyo/ }));
  await settle();
  await opened.assistant.correctTag({ turnId: 't1', name: 'emotion', value: 'tired' });
  await settle();
  expect(chip('tired')).toBeTruthy();
});

test('answering to the tone cannot be switched on while nothing is noticed', async () => {
  opened.sotto.navigation.go('settings');
  render(SettingsView, { sotto: opened.sotto });
  await settle();
  await fireEvent.click(screen.getByRole('switch', { name: 'Notice how things are said' }));
  await settle();
  const answer = screen.getByRole('switch', { name: 'Answer to the tone' });
  expect(answer.getAttribute('aria-checked')).toBe('false');
  expect((answer as HTMLButtonElement).disabled).toBe(true);
});
