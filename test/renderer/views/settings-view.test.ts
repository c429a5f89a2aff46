import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import SettingsView from '../../../renderer/views/settings-view.svelte';
import { openSotto, settle, type OpenedSotto } from '../opened-sotto.ts';
import { setupPage } from '../setup-page.ts';

let opened: OpenedSotto;

beforeAll(setupPage);
beforeEach(async () => {
  opened = await openSotto();
  render(SettingsView, { sotto: opened.sotto });
  await settle();
});
afterEach(cleanup);

test('another microphone is used from the next press on', async () => {
  await fireEvent.change(screen.getByRole('combobox', { name: 'Microphone' }), { target: { value: 'usb' } });
  await settle();
  expect(opened.sotto.settings.current.microphoneId).toBe('usb');
  opened.sotto.pushToTalk.press();
  await settle();
  expect(opened.devices.lastOptions?.deviceId).toBe('usb');
  opened.sotto.pushToTalk.cancel();
});

test('the microphone test moves with the voice and closes the microphone afterwards', async () => {
  await fireEvent.click(screen.getByRole('button', { name: 'Test' }));
  await settle();
  opened.devices.capture.say(0.25);
  await settle();
  const meter = screen.getByRole('meter');
  expect(Number(meter.getAttribute('aria-valuenow'))).toBeGreaterThan(50);
  await fireEvent.click(screen.getByRole('button', { name: 'Stop the test' }));
  await settle();
  expect(opened.devices.capture.closed).toBe(true);
});

test('a new talk key is recorded by pressing it', async () => {
  const recorder = screen.getByRole('button', { name: 'Change' });
  await fireEvent.click(recorder);
  await fireEvent.keyDown(recorder, { code: 'ControlLeft', key: 'Control', ctrlKey: true });
  await fireEvent.keyDown(recorder, { code: 'KeyJ', key: 'j', ctrlKey: true, shiftKey: true });
  await settle();
  expect(opened.sotto.settings.current.hotkey).toBe('Control+Shift+J');
});

test('Escape leaves the talk key as it was', async () => {
  const recorder = screen.getByRole('button', { name: 'Change' });
  await fireEvent.click(recorder);
  await fireEvent.keyDown(recorder, { code: 'Escape', key: 'Escape' });
  expect(recorder.textContent?.trim()).toBe('Change');
  expect(opened.assistant.called('updateSettings')).toEqual([]);
});

test('it is said whether the key is held or pressed twice, and why', async () => {
  opened.assistant.setState({
    hotkey: { mode: 'toggle', accelerator: 'Control+Alt+Space', reason: 'Wayland does not report key-up.' },
  });
  await settle();
  expect(screen.getByText(/works by pressing twice. Wayland does not report key-up./)).toBeTruthy();
});

test('weather is off until it is turned on, and then asks for a town', async () => {
  const weather = screen.getByRole('switch', { name: 'Weather' });
  expect(weather.getAttribute('aria-checked')).toBe('false');
  await fireEvent.click(weather);
  await settle();
  await fireEvent.change(screen.getByRole('textbox', { name: 'Home town' }), {
    target: { value: 'Leipzig' },
  });
  await settle();
  expect(opened.assistant.state.settings.weather).toEqual({ enabled: true, homeCity: 'Leipzig' });
});

test('deleting everything asks first, with the safe answer focused', async () => {
  const section = screen.getByRole('region', { name: 'Privacy' });
  await fireEvent.click(within(section).getByRole('button', { name: /^Delete/ }));
  expect(document.activeElement?.textContent).toBe('Cancel');
  await fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(opened.assistant.called('deleteAllHistory')).toEqual([]);
  await fireEvent.click(within(section).getByRole('button', { name: /^Delete/ }));
  await fireEvent.click(screen.getByRole('button', { name: 'Delete everything' }));
  await settle();
  expect(opened.assistant.called('deleteAllHistory')).toHaveLength(1);
});

test('sliders say their value in words', () => {
  expect(screen.getByRole('slider', { name: 'Pitch' }).getAttribute('aria-valuetext')).toBe('as recorded');
});

test('checks list plain facts', async () => {
  await fireEvent.click(screen.getByRole('button', { name: 'Look for problems' }));
  await settle();
  expect(screen.getByText(/key-up is not reported/)).toBeTruthy();
});
