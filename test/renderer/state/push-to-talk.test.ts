import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { UserError } from '../../../contract/user-errors.ts';
import { openSotto, settle, type OpenedSotto } from '../opened-sotto.ts';
import { hum } from '../scripted-assistant.ts';

let opened: OpenedSotto;
const holdMs = 400;

beforeEach(async () => {
  opened = await openSotto();
});
afterEach(() => vi.restoreAllMocks());

function received(): number[] {
  return opened.assistant.received.flatMap((samples) => [...samples]);
}

test('what is said while the key is held, and 200 ms after, reaches the assistant in order', async () => {
  const { sotto, devices, assistant } = opened;
  sotto.pushToTalk.press();
  await settle();
  expect(sotto.live.state).toBe('listening');
  devices.capture.say(0.1);
  devices.capture.say(0.2);
  await settle(holdMs);
  sotto.pushToTalk.release();
  devices.capture.say(0.3);
  await settle(300);
  expect(assistant.called('startListening')).toEqual([{ sampleRate: 48_000 }]);
  expect(received().length).toBe(3 * 960);
  expect([received()[0], received()[960], received()[1920]]).toEqual([0.1, 0.2, 0.3].map(Math.fround));
  expect(assistant.called('finishListening')).toEqual([{ utteranceId: 'utterance-1' }]);
  expect(sotto.pushToTalk.state).toBe('idle');
});

test('an open microphone lends the last 300 ms before the press', async () => {
  const { sotto, devices } = opened;
  const release = await sotto.microphone.keepReady();
  for (let block = 1; block <= 50; block += 1) devices.capture.say(block / 100);
  sotto.pushToTalk.press();
  await settle(holdMs);
  sotto.pushToTalk.release();
  await settle(250);
  expect(received().length).toBe(0.3 * 48_000);
  expect(received()[0]).toBe(Math.fround(0.36));
  release();
});

test('no call carries more than a second of sound', async () => {
  const { sotto, devices, assistant } = opened;
  sotto.pushToTalk.press();
  await Promise.resolve();
  await settle();
  for (let block = 0; block < 200; block += 1) devices.capture.say(0.1);
  await settle(holdMs);
  sotto.pushToTalk.release();
  await settle(250);
  expect(received().length).toBe(200 * 960);
  for (const samples of assistant.received) expect(samples.length).toBeLessThanOrEqual(48_000);
});

test('a tap goes on hands-free, and the next press ends it', async () => {
  const { sotto, assistant } = opened;
  sotto.pushToTalk.press();
  await settle();
  sotto.pushToTalk.release();
  await settle(300);
  expect(sotto.pushToTalk.locked).toBe(true);
  expect(assistant.called('finishListening')).toEqual([]);
  sotto.pushToTalk.press();
  await settle(300);
  expect(assistant.called('finishListening')).toHaveLength(1);
});

test('the global key that is pressed twice ends with the second press', async () => {
  const { sotto, assistant } = opened;
  await sotto.settings.change({ hotkeyMode: 'toggle' });
  sotto.pushToTalk.press();
  await settle(holdMs);
  sotto.pushToTalk.releaseGlobalKey();
  await settle(300);
  expect(assistant.called('finishListening')).toHaveLength(1);
  expect(sotto.pushToTalk.locked).toBe(false);
});

test('cancel forgets what was said', async () => {
  const { sotto, devices, assistant } = opened;
  sotto.pushToTalk.press();
  await settle();
  devices.capture.say(0.1);
  sotto.pushToTalk.cancel();
  await settle(250);
  expect(assistant.called('cancelListening')).toEqual([{ utteranceId: 'utterance-1' }]);
  expect(assistant.called('finishListening')).toEqual([]);
  expect(sotto.pushToTalk.state).toBe('idle');
  expect(sotto.notices.list).toEqual([]);
});

test('a press silences the reply before anything else happens', async () => {
  const { sotto, devices } = opened;
  await sotto.player.push({ kind: 'reply', id: 'turn' }, hum(1), 16_000);
  sotto.pushToTalk.press();
  expect(devices.speakers[0]?.silenced).toBe(1);
  expect(sotto.player.playing).toBeUndefined();
  await settle();
});

test('a refused microphone is told once and leaves the button ready', async () => {
  const { sotto, devices, assistant } = opened;
  devices.microphoneFailure = new UserError('microphone-denied');
  sotto.pushToTalk.press();
  await settle();
  sotto.pushToTalk.release();
  expect(sotto.notices.list.map((notice) => notice.failure.code)).toEqual(['microphone-denied']);
  expect(sotto.pushToTalk.state).toBe('idle');
  expect(assistant.called('startListening')).toEqual([]);
});

test('when the microphone is unplugged, what was heard is still answered', async () => {
  const { sotto, devices, assistant } = opened;
  sotto.pushToTalk.press();
  await settle();
  devices.capture.say(0.1);
  devices.capture.unplug();
  await settle(300);
  expect(sotto.notices.list.map((notice) => notice.failure.code)).toEqual(['microphone-lost']);
  expect(assistant.called('finishListening')).toHaveLength(1);
});

test('letting go while the microphone still opens begins nothing', async () => {
  const { sotto, assistant } = opened;
  await sotto.settings.change({ hotkeyMode: 'hold' });
  sotto.pushToTalk.press();
  sotto.pushToTalk.release();
  await settle(300);
  expect(assistant.called('startListening')).toEqual([]);
  expect(sotto.pushToTalk.state).toBe('idle');
});

test('a failing assistant ends the utterance with a message', async () => {
  const { sotto, assistant } = opened;
  vi.spyOn(assistant, 'startListening').mockRejectedValue(new UserError('model-not-loaded'));
  sotto.pushToTalk.press();
  await settle();
  expect(sotto.notices.list.map((notice) => notice.failure.code)).toEqual(['model-not-loaded']);
  expect(sotto.pushToTalk.state).toBe('idle');
});

test('cues mark the beginning and the end, unless they are switched off', async () => {
  const { sotto, devices } = opened;
  sotto.pushToTalk.press();
  await settle(holdMs);
  sotto.pushToTalk.release();
  await settle(250);
  expect(devices.cues).toEqual(['listen', 'heard']);
  await sotto.settings.change({ cues: false });
  sotto.pushToTalk.press();
  await settle();
  sotto.pushToTalk.cancel();
  expect(devices.cues).toEqual(['listen', 'heard']);
});
