import { afterEach, beforeEach, expect, test } from 'vitest';
import { heardAs } from '../scripted-engine.ts';
import { never, settle, stage, type Stage } from '../running-assistant.ts';

let here: Stage;
beforeEach(async () => {
  here = await stage();
});
afterEach(() => here.close());

const isConsent = (event: Stage['events'][number]) => event.type === 'consent-request';
const openFirefox = heardAs('open firefox', 'open_app', { app: 'firefox' });
const repliesOf = (turnId: string) =>
  here
    .turnEvents(turnId)
    .flatMap((event) => (event.type === 'text-delta' ? [event.text] : []))
    .join('');

async function askToOpen(): Promise<string> {
  here.engine.script = openFirefox;
  const asked = here.speak();
  const consent = await here.until(isConsent);
  void asked;
  return consent.type === 'consent-request' ? consent.consentId : '';
}

test('opening something asks first, aloud and on the screen, and waits', async () => {
  here.engine.script = openFirefox;
  const asked = here.speak();
  const consent = await here.until(isConsent);
  await settle();
  expect(consent).toMatchObject({ tool: 'open_app' });
  expect(here.engine.spoken[0]?.text).toMatch(/^May I open .*refox\?$/);
  expect((await here.assistant.getState({}, never)).phase).toBe('working');
  expect(here.opened).toEqual([]);
  if (consent.type === 'consent-request') {
    await here.assistant.answerConsent({ consentId: consent.consentId, answer: 'once' }, never);
  }
  const turnId = await asked;
  expect(here.opened).toMatchObject([{ kind: 'app' }]);
  await settle();
  expect(here.turnEvents(turnId).at(-1)).toMatchObject({ outcome: 'completed' });
  expect(here.events.some((event) => event.type === 'consent-settled')).toBe(true);
});

test('"always" is remembered in the settings, "no" opens nothing', async () => {
  const refused = await askToOpen();
  await here.assistant.answerConsent({ consentId: refused, answer: 'no' }, never);
  await settle();
  expect(here.opened).toEqual([]);
  here.events.length = 0;
  const granted = await askToOpen();
  await here.assistant.answerConsent({ consentId: granted, answer: 'always' }, never);
  await settle();
  expect(here.opened).toHaveLength(1);
  await here.speak();
  expect(here.opened).toHaveLength(2);
  expect((await here.assistant.getState({}, never)).settings.openPermission).toBe('always');
});

test('"yes" to the question of the turn before does what was asked', async () => {
  await askToOpen();
  here.engine.script = heardAs('yes', 'yes');
  const turnId = await here.speak();
  await settle();
  expect(here.opened).toHaveLength(1);
  expect(here.turnEvents(turnId).map((event) => event.type)).toContain('tool-end');
});

test('"no" to the question of the turn before opens nothing, and a later "yes" neither', async () => {
  await askToOpen();
  here.engine.script = heardAs('no', 'no');
  const turnId = await here.speak();
  expect(repliesOf(turnId).length).toBeGreaterThan(0);
  here.engine.script = heardAs('yes', 'yes');
  await here.speak();
  expect(here.opened).toEqual([]);
});

test('a "yes" that answers no question runs nothing', async () => {
  here.engine.script = heardAs('flip a coin', 'flip_coin');
  const flipped = here.speak();
  await here.until((event) => event.type === 'turn' && event.event.type === 'tool-start');
  await here.assistant.stop({}, never);
  await flipped;
  here.engine.script = heardAs('yes', 'yes');
  const turnId = await here.speak();
  await settle();
  expect(here.turnEvents(turnId).map((event) => event.type)).not.toContain('tool-start');
});

test('"stop" is obeyed in silence', async () => {
  here.engine.script = heardAs('stop', 'stop');
  const turnId = await here.speak();
  await settle();
  expect(here.turnEvents(turnId).map((event) => event.type)).not.toContain('audio-delta');
  expect(here.turnEvents(turnId).at(-1)).toMatchObject({ outcome: 'completed' });
});

test('"go on" says what an interruption cut off', async () => {
  const slow = await stage({ speechLeadMs: 50 });
  slow.engine.soundMsPerCharacter = 30;
  slow.engine.summary = { verdict: 'no-speech', durationSeconds: 3 };
  const speaking = slow.speak();
  await slow.until((event) => event.type === 'turn' && event.event.type === 'audio-delta');
  await slow.assistant.stop({}, never);
  await speaking;
  slow.engine.summary = {};
  slow.engine.soundMsPerCharacter = 1;
  slow.engine.script = heardAs('go on', 'resume');
  await slow.speak();
  expect(slow.engine.spoken.map((request) => request.text)).toEqual([
    "I didn't hear anything.",
    "I didn't hear anything.",
  ]);
  await slow.close();
});
