import { cleanup, fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import App from '../../../renderer/app.svelte';
import { openSotto, settle, type OpenedSotto } from '../opened-sotto.ts';
import { setupPage } from '../setup-page.ts';

let opened: OpenedSotto;

beforeAll(setupPage);
beforeEach(async () => {
  opened = await openSotto();
  render(App, { sotto: opened.sotto });
});
afterEach(cleanup);

const request = {
  type: 'consent-request',
  consentId: 'c1',
  tool: 'open',
  subject: 'https://example.org/',
} as const;

test('consent shows exactly what would be opened, and waits for an answer', async () => {
  opened.assistant.emit(request);
  await settle();
  const dialog = screen.getByRole('dialog', { name: 'May Sotto do this?' });
  expect(dialog.textContent).toContain('https://example.org/');
  await fireEvent.click(screen.getByRole('button', { name: 'Yes, this once' }));
  await settle();
  expect(opened.assistant.called('answerConsent')).toEqual([{ consentId: 'c1', answer: 'once' }]);
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('putting the question away means no', async () => {
  opened.assistant.emit(request);
  await settle();
  await fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }));
  await settle();
  expect(opened.assistant.called('answerConsent')).toEqual([{ consentId: 'c1', answer: 'no' }]);
});

test('a question answered elsewhere goes away', async () => {
  opened.assistant.emit(request);
  await settle();
  opened.assistant.emit({ type: 'consent-settled', consentId: 'c1' });
  await settle();
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('a timer that is up rings, is shown, and is put away with one press', async () => {
  opened.assistant.emit({ type: 'notify', id: 'n1', kind: 'timer', title: 'Pasta', firedAt: Date.now() });
  await settle();
  expect(opened.devices.cues).toEqual(['chime']);
  expect(screen.getByText(/Timer is up/)).toBeTruthy();
  await fireEvent.click(screen.getByRole('button', { name: 'OK, thanks' }));
  await settle();
  expect(screen.queryByText(/Timer is up/)).toBeNull();
});

test('a problem is announced and can be put away', async () => {
  opened.assistant.emit({ type: 'failure', failure: { code: 'disk-full', details: {} } });
  await settle();
  expect(screen.getByRole('log', { name: 'Messages' }).textContent).toContain('The disk is full');
  await fireEvent.click(screen.getByRole('button', { name: 'Put away' }));
  expect(opened.sotto.notices.list).toEqual([]);
});

test('Escape stops what is going on', async () => {
  opened.assistant.setState({ phase: 'speaking' });
  await settle();
  await fireEvent.keyDown(window, { key: 'Escape' });
  await settle();
  expect(opened.assistant.called('stop')).toHaveLength(1);
});

test('where there is no global key, the key works while the page is in front', async () => {
  opened.assistant.setState({
    hotkey: { mode: 'none', accelerator: 'Control+Alt+Space', reason: 'a browser' },
  });
  await settle();
  const keys = { code: 'Space', key: ' ', ctrlKey: true, altKey: true };
  await fireEvent.keyDown(window, keys);
  await settle(420);
  expect(opened.sotto.live.state).toBe('listening');
  await fireEvent.keyUp(window, { code: 'Space', key: ' ' });
  await settle(300);
  expect(opened.assistant.called('finishListening')).toHaveLength(1);
});
