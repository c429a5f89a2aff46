import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import TalkDock from '../../../renderer/components/talk-dock.svelte';
import { openSotto, settle, type OpenedSotto } from '../opened-sotto.ts';
import { setupPage } from '../setup-page.ts';

let opened: OpenedSotto;
let button: HTMLElement;

beforeAll(setupPage);
beforeEach(async () => {
  opened = await openSotto({ hotkeyMode: 'auto' });
  render(TalkDock, { sotto: opened.sotto });
  button = screen.getByRole('button', { name: 'Hold to talk' });
});
afterEach(cleanup);

const longEnoughMs = 420;

test('holding the pointer talks, letting go ends', async () => {
  await fireEvent.pointerDown(button, { button: 0, pointerId: 1 });
  await settle(longEnoughMs);
  expect(button.getAttribute('aria-pressed')).toBe('true');
  expect(screen.getByText('Listening')).toBeTruthy();
  await fireEvent.pointerUp(button, { pointerId: 1 });
  await fireEvent.click(button, { detail: 1 });
  await settle(300);
  expect(opened.assistant.called('finishListening')).toHaveLength(1);
  expect(button.getAttribute('aria-pressed')).toBe('false');
});

test.each([' ', 'Enter'])('holding the key "%s" talks, and its repeats change nothing', async (key) => {
  await fireEvent.keyDown(button, { key });
  for (let repeat = 0; repeat < 5; repeat += 1) await fireEvent.keyDown(button, { key, repeat: true });
  await settle(longEnoughMs);
  await fireEvent.keyUp(button, { key });
  await settle(300);
  expect(opened.assistant.called('startListening')).toHaveLength(1);
  expect(opened.assistant.called('finishListening')).toHaveLength(1);
});

test('a click from an assistive tool begins, a second one ends', async () => {
  await fireEvent.click(button);
  await settle(50);
  expect(button.getAttribute('aria-label')).toBe('Done speaking');
  await fireEvent.click(button);
  await settle(300);
  expect(opened.assistant.called('finishListening')).toHaveLength(1);
});

test('the right button of a mouse does not talk', async () => {
  await fireEvent.pointerDown(button, { button: 2, pointerId: 1 });
  await settle();
  expect(opened.assistant.called('startListening')).toEqual([]);
});

test('a button that loses the focus while held lets go', async () => {
  await fireEvent.keyDown(button, { key: ' ' });
  await settle(longEnoughMs);
  await fireEvent.blur(button);
  await settle(300);
  expect(opened.assistant.called('finishListening')).toHaveLength(1);
});

test('stop is there only while there is something to stop', async () => {
  const stop = screen.getByRole<HTMLButtonElement>('button', { name: 'Stop' });
  expect(stop.disabled).toBe(true);
  opened.assistant.setState({ phase: 'understanding' });
  await settle();
  expect(stop.disabled).toBe(false);
  await fireEvent.click(stop);
  await settle();
  expect(opened.assistant.called('stop')).toHaveLength(1);
});

test('typing is an alternative, and takes the focus', async () => {
  await fireEvent.click(screen.getByRole('button', { name: 'Type instead' }));
  const input = screen.getByRole<HTMLInputElement>('textbox', { name: 'Message to Sotto' });
  expect(document.activeElement).toBe(input);
  await fireEvent.input(input, { target: { value: '  what time is it  ' } });
  await fireEvent.submit(input);
  await settle();
  expect(opened.assistant.called('sendText')).toEqual([{ text: 'what time is it' }]);
  expect(input.value).toBe('');
});

test('without a line to the assistant the button rests', async () => {
  opened.line.current?.close();
  await settle();
  expect(screen.getByText('Not connected')).toBeTruthy();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Hold to talk' }).disabled).toBe(true);
});
