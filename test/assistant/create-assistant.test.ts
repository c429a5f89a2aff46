import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test, vi } from 'vitest';
import { createAssistant } from '../../assistant/create-assistant.ts';
import { heardAs, ScriptedEngine } from './scripted-engine.ts';
import { modelsFolder, never, settle, stage, temporaryFolder } from './running-assistant.ts';

test('the first event is the present state, with the model, the voice and the folder', async () => {
  const here = await stage();
  await settle();
  await here.until((event) => event.type === 'state' && event.state.model.state === 'ready');
  expect(here.events[0]?.type).toBe('state');
  expect(await here.assistant.getState({}, never)).toMatchObject({
    phase: 'idle',
    shell: 'browser',
    model: { id: 'starter', state: 'ready' },
    voice: { id: 'flite-slt', name: 'Stella' },
    hotkey: { mode: 'none' },
    dataFolder: here.folder,
    notices: [],
  });
  await here.close();
  expect(here.engine.disposed).toBe(true);
});

test('a damaged settings file and a damaged database are notices, and the assistant works', async () => {
  const dataFolder = temporaryFolder();
  writeFileSync(join(dataFolder, 'settings.json'), 'nonsense');
  writeFileSync(join(dataFolder, 'sotto.db'), 'nonsense '.repeat(500));
  const here = await stage({ dataFolder });
  const { notices } = await here.assistant.getState({}, never);
  expect(notices.map((notice) => notice.code)).toEqual(['settings-damaged', 'database-damaged']);
  await here.speak();
  expect(await here.assistant.listConversations({}, never)).toHaveLength(1);
  await here.close();
  rmSync(dataFolder, { recursive: true });
});

test('while the database is locked turns work, and later ones are stored again', async () => {
  const dataFolder = temporaryFolder();
  const other = new Database(join(dataFolder, 'sotto.db'));
  other.pragma('locking_mode = EXCLUSIVE');
  other.exec('BEGIN EXCLUSIVE; CREATE TABLE t (x)');
  const here = await stage({ dataFolder });
  expect((await here.assistant.getState({}, never)).notices).toMatchObject([{ code: 'database-locked' }]);
  const first = await here.speak();
  await settle();
  expect(here.turnEvents(first).at(-1)).toMatchObject({ outcome: 'completed' });
  other.exec('ROLLBACK');
  other.close();
  await here.speak();
  await here.close();
  const again = await stage({ dataFolder });
  expect(await again.assistant.listConversations({}, never)).toMatchObject([{ turnCount: 1 }]);
  await again.close();
  rmSync(dataFolder, { recursive: true });
});

test('a database that another program writes to at the moment of the start does not stop the start', async () => {
  const dataFolder = temporaryFolder();
  await (await stage({ dataFolder })).close();
  const other = new Database(join(dataFolder, 'sotto.db'));
  other.exec('BEGIN IMMEDIATE');
  const here = await stage({ dataFolder });
  expect((await here.assistant.getState({}, never)).notices).toMatchObject([{ code: 'database-locked' }]);
  const turn = here.speak();
  await here.until((event) => event.type === 'failure' && event.failure.code === 'database-locked');
  other.exec('ROLLBACK');
  other.close();
  await turn;
  await sleep(1200);
  expect(await here.assistant.listConversations({}, never)).toMatchObject([{ turnCount: 1, title: 'hello' }]);
  await here.close();
  rmSync(dataFolder, { recursive: true });
});

test('without any model the state says that it is missing, and a turn fails with that reason', async () => {
  const here = await stage({ modelsFolders: ['/nowhere'] });
  expect((await here.assistant.getState({}, never)).model.state).toBe('missing');
  const { turnId } = await here.assistant.sendText({ text: 'hello' }, never);
  await settle();
  expect(here.turnEvents(turnId).at(-1)).toMatchObject({
    outcome: 'failed',
    failure: { code: 'model-missing' },
  });
  await here.close();
});

test('a timer that falls due is announced on the screen and aloud, also while a reply is being spoken', async () => {
  const here = await stage({ speechLeadMs: 20 });
  here.engine.soundMsPerCharacter = 20;
  here.engine.script = heardAs('set a timer for one second', 'set_timer', { duration: 'one second' });
  await here.speak();
  expect(await here.assistant.listScheduled({}, never)).toHaveLength(1);
  here.engine.script = heardAs('hello', 'greeting');
  const talking = here.speak();
  const notice = await here.until((event) => event.type === 'notify');
  expect(notice).toMatchObject({ kind: 'timer' });
  await talking;
  const isAlarmEnd = (event: (typeof here.events)[number]) =>
    event.type === 'turn' &&
    event.event.type === 'turn-end' &&
    here.turnEvents(event.event.turnId)[0]?.type === 'turn-start' &&
    (here.turnEvents(event.event.turnId)[0] as { source?: string }).source === 'alarm';
  await here.until(isAlarmEnd);
  expect(here.engine.spoken.at(-1)?.text).toMatch(/timer/);
  expect(await here.assistant.listScheduled({}, never)).toEqual([]);
  await here.close();
});

test('a timer survives a restart; what fell due meanwhile is told at the start', async () => {
  const dataFolder = temporaryFolder();
  const first = await stage({ dataFolder });
  first.engine.script = heardAs('timer', 'set_timer', { duration: 'one minute' });
  await first.speak();
  await first.close();
  const later = await stage({ dataFolder, now: () => Date.now() + 600_000 });
  await later.until((event) => event.type === 'state' && event.state.phase === 'idle');
  await sleep(50);
  expect(later.engine.spoken.at(-1)?.text).toMatch(/away/);
  await later.close();
  rmSync(dataFolder, { recursive: true });
});

test('a change of voice or speed by a tool is heard in the same reply', async () => {
  const here = await stage();
  here.engine.script = heardAs('speak faster', 'speak_faster');
  await here.speak();
  expect(here.engine.spoken.at(-1)?.speakingRate).toBeGreaterThan(1);
  here.engine.script = heardAs('use a deep male voice', 'switch_voice', { query: 'deep male voice' });
  await here.speak();
  expect(here.engine.spoken.at(-1)?.voiceId).toBe('flite-rms');
  expect((await here.assistant.getState({}, never)).voice.id).toBe('flite-rms');
  await here.close();
});

test('the model is unloaded when nobody has spoken for as long as was set', async () => {
  const here = await stage();
  await here.assistant.updateSettings({ idleUnloadMinutes: 1 }, never);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  await here.assistant.sendText({ text: 'hello' }, never);
  vi.advanceTimersByTime(61_000);
  vi.useRealTimers();
  await settle();
  expect(here.engine.calls).toContain('unload');
  expect((await here.assistant.getState({}, never)).model.state).toBe('unloaded');
  await here.close();
});

test('voices can be listened to before they are chosen', async () => {
  const here = await stage();
  for await (const piece of here.assistant.previewVoice({ voiceId: 'flite-rms' }, never)) {
    expect(piece.sampleRate).toBe(16_000);
  }
  expect(here.engine.spoken[0]).toMatchObject({ voiceId: 'flite-rms' });
  await expect(here.assistant.selectVoice({ voiceId: 'nobody' }, never)).rejects.toMatchObject({
    code: 'voice-missing',
  });
  await here.close();
});

test('every tool is listed with the reason why it is off', async () => {
  const here = await stage();
  const tools = await here.assistant.listTools({}, never);
  expect(tools.length).toBeGreaterThan(10);
  const weather = tools.find((tool) => tool.name === 'get_weather');
  expect(weather).toMatchObject({ leavesMachine: true, enabled: false });
  expect(weather?.reason).not.toBe('');
  await here.close();
});

test('deleting all history leaves nothing, and the next turn begins anew', async () => {
  const here = await stage();
  await here.speak();
  await here.assistant.deleteAllHistory({}, never);
  expect(await here.assistant.listConversations({}, never)).toEqual([]);
  await expect(here.assistant.getConversation({ conversationId: 'gone' }, never)).rejects.toMatchObject({
    code: 'conversation-missing',
  });
  await here.speak();
  expect(await here.assistant.listConversations({}, never)).toHaveLength(1);
  await here.close();
});

test('a diagnosis names every part and says what is good', async () => {
  const here = await stage();
  await here.assistant.loadModel({ modelId: 'starter' }, never);
  const findings = await here.assistant.diagnose({}, never);
  const topics = new Set(findings.map((finding) => finding.topic));
  expect([...topics]).toEqual([
    'system',
    'data folder',
    'settings',
    'database',
    'model',
    'engine',
    'voices',
    'hotkey',
  ]);
  expect(findings.filter((finding) => !finding.good)).toEqual([]);
  await here.close();
});

test('a recording can be listened to without a turn', async () => {
  const here = await stage();
  const heard = await here.running.hear(
    { samples: new Float32Array(40_000), sampleRate: 16_000, task: 'transcribe' },
    never,
  );
  expect(heard).toMatchObject({ verdict: 'speech', transcript: 'hello', rejected: false });
  here.engine.summary = { verdict: 'no-speech' };
  const silence = await here.running.hear(
    { samples: new Float32Array(16_000), sampleRate: 16_000, task: 'tags' },
    never,
  );
  expect(silence).toMatchObject({ verdict: 'no-speech', transcript: '', tags: [] });
  expect(await here.assistant.listConversations({}, never)).toEqual([]);
  expect(here.engine.open.size).toBe(0);
  await here.close();
});

test('text can be said without a turn', async () => {
  const here = await stage();
  for await (const piece of here.running.say({ text: 'Hello.', voiceId: 'flite-kal' }, never)) {
    expect(piece.samples.length).toBeGreaterThan(0);
  }
  expect(here.engine.spoken).toMatchObject([{ voiceId: 'flite-kal', volume: 0.8 }]);
  await here.close();
});

test('closing in the middle of a turn ends it as interrupted and stores that', async () => {
  const dataFolder = temporaryFolder();
  const engine = new ScriptedEngine();
  engine.script = () => [{ waitMs: 5000 }];
  const { assistant, dispose } = await createAssistant({
    engine,
    modelsFolders: [modelsFolder(dataFolder)],
    shell: 'command-line',
    version: '0',
    open: async () => {},
    dataFolder,
  });
  const turn = assistant.sendText({ text: 'wait for me' }, never);
  await sleep(30);
  await dispose();
  await turn;
  const again = await stage({ dataFolder });
  const [conversation] = await again.assistant.listConversations({}, never);
  const turns = await again.assistant.getConversation({ conversationId: conversation?.id as string }, never);
  expect(turns).toMatchObject([{ outcome: 'interrupted' }]);
  await again.close();
  rmSync(dataFolder, { recursive: true });
});
