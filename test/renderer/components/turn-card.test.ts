import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import ConversationLog from '../../../renderer/components/conversation-log.svelte';
import { openSotto, settle, type OpenedSotto } from '../opened-sotto.ts';
import { weatherTurn } from '../scripts.ts';
import { setupPage } from '../setup-page.ts';

let opened: OpenedSotto;

beforeAll(setupPage);
beforeEach(async () => {
  opened = await openSotto();
  render(ConversationLog, { sotto: opened.sotto });
});
afterEach(cleanup);

test('a tag explains itself in plain words to the keyboard too', () => {
  const [tag] = screen.getAllByRole('button', { name: 'low pitch' });
  const tip = document.getElementById(tag?.getAttribute('aria-describedby') ?? '');
  expect(tip?.getAttribute('role')).toBe('tooltip');
  expect(tip?.textContent?.replace(/\s+/g, ' ')).toContain(
    'How high or low your voice was. Measured: 108 Hz. Measured in the sound. 90 % sure.',
  );
});

test('what nobody is sure of is left out, except for the feeling', () => {
  expect(screen.getByRole('button', { name: 'feeling: unsure' })).toBeTruthy();
});

test('a tool that leaves the machine says so, and its data is folded away', async () => {
  await opened.assistant.playTurn('voice', weatherTurn);
  await settle();
  const summary = screen.getByText('Weather').closest('details');
  expect(summary?.open).toBe(false);
  expect(within(summary as HTMLElement).getByText('Went over the internet')).toBeTruthy();
  expect(summary?.textContent).toContain('"city": "Bergen"');
});

test('a local tool says that it stayed here', () => {
  expect(screen.getAllByText('On this machine')).toHaveLength(3);
});

test('thinking is folded away', async () => {
  await opened.assistant.playTurn('voice', weatherTurn);
  await settle();
  expect(screen.getByText('How it got there').closest('details')?.open).toBe(false);
});

test('a failed turn says what happened and what to do', async () => {
  await opened.assistant.playTurn('voice', [
    { type: 'heard', transcript: 'weather please', rejected: false, confidence: 1 },
    { type: 'turn-end', outcome: 'failed', failure: { code: 'tool-off', details: { tool: 'Weather' } } },
  ]);
  await settle();
  expect(screen.getByText('Weather is switched off.')).toBeTruthy();
  expect(screen.getByText(/Turn it on in Settings, Tools/)).toBeTruthy();
});

test('nothing heard is said in words, never as an invented transcript', async () => {
  await opened.assistant.playTurn('voice', [{ type: 'turn-end', outcome: 'nothing-heard' }]);
  await settle();
  expect(screen.getByText('I didn’t hear anything.')).toBeTruthy();
});

test('both sides can be heard again', async () => {
  await fireEvent.click(screen.getAllByRole('button', { name: 'Hear the answer again' })[0] as HTMLElement);
  await settle();
  expect(opened.assistant.called('getTurnAudio')).toEqual([{ turnId: 't1', side: 'reply' }]);
  expect(screen.getByRole('button', { name: 'Stop playing' })).toBeTruthy();
});
