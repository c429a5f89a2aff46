import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AppEvent } from '../../../contract/app-events.ts';
import type { TurnEvent } from '../../../contract/turn-events.ts';
import { createAssistant, type RunningAssistant } from '../../../assistant/create-assistant.ts';
import { buildPackage } from '../../../engine/convert/build-package.ts';
import { readWav } from '../../../engine/listen/wav-file.ts';
import { LocalEngine } from '../../../engine/local-engine.ts';
import { fliteWasmPath, voiceDetectorPath } from '../../../engine/process/engine-paths.ts';
import { scratchFolder, tinyFacts } from '../../engine/tiny-model.ts';
import { promptOf, StandInServer } from '../../engine/remote/stand-in-server.ts';
import { goldenFolder, hasGoldenFolder } from '../../golden/golden-folder.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 60_000 });
const never = new AbortController().signal;
const root = resolve(import.meta.dirname, '..', '..', '..');
const yes = readWav(readFileSync(join(root, 'test/engine/listen/yes-16k.wav'))).channels[0]!;
/** Machines that build are busy. */
const patience = { timeout: 10_000 };
const key = 'sk-very-secret-42';

let folder: string;
let dispose: () => void;
let server: StandInServer;
let running: RunningAssistant;
const events: AppEvent[] = [];

async function start(modelsFolder: string): Promise<void> {
  const engine = new LocalEngine({
    voiceActivityModel: voiceDetectorPath(join(root, 'resources')),
    lightVoiceProgram: fliteWasmPath(),
    voicesFolder: join(folder, 'voices'),
    probe: async () => ({ works: false, reason: 'not tried in tests' }),
  });
  running = await createAssistant({
    engine,
    modelsFolders: [modelsFolder],
    shell: 'browser',
    version: '0.0.0',
    open: async () => {},
    dataFolder: join(folder, 'data'),
    speechLeadMs: Infinity,
    loadModelAtStart: false,
    random: () => 0.3,
  });
  void (async () => {
    for await (const event of running.assistant.events({}, never)) events.push(event);
  })();
}

/** As a person would have set it, in a conversation of its own. */
async function beginAnew(): Promise<void> {
  const { assistant } = running;
  server.chats.length = 0;
  server.abandoned = 0;
  server.misbehaviour = undefined;
  events.length = 0;
  await assistant.newConversation({}, never);
  const remote = { url: server.url, model: 'step-audio-2-mini', thinks: false, allowPlainHttp: false };
  await assistant.setRemoteKey({ key }, never);
  await assistant.updateSettings({ remote, engine: { kind: 'remote' }, provider: 'cpu' }, never);
}

async function speak(): Promise<TurnEvent[]> {
  const { assistant } = running;
  const { utteranceId } = await assistant.startListening({ sampleRate: 16_000 }, never);
  await assistant.pushAudio(
    { utteranceId, samples: yes.slice(0, 16_000) as Float32Array<ArrayBuffer> },
    never,
  );
  return told((await assistant.finishListening({ utteranceId }, never)).turnId);
}

async function type(text: string): Promise<TurnEvent[]> {
  return told((await running.assistant.sendText({ text }, never)).turnId);
}

async function told(turnId: string): Promise<TurnEvent[]> {
  const ofTurn = () =>
    events.flatMap((event) => (event.type === 'turn' && event.event.turnId === turnId ? [event.event] : []));
  await expect.poll(() => ofTurn().at(-1)?.type, patience).toBe('turn-end');
  return ofTurn();
}

const words = (turn: readonly TurnEvent[]) =>
  turn.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
const sounds = (turn: readonly TurnEvent[]) =>
  turn.flatMap((event) => (event.type === 'audio-delta' ? [event] : []));

describe('turns that another machine answers', () => {
  beforeAll(async () => {
    ({ folder, dispose } = scratchFolder());
    server = await StandInServer.start({ key });
    await start(join(folder, 'no-models'));
  });
  beforeEach(beginAnew);
  afterAll(async () => {
    await running.dispose();
    await server.stop();
    dispose();
  });

  test('what was said is answered from there and spoken here, and the state says where it went', async () => {
    server.reply = () => ({ text: 'I am glad to hear that.' });
    server.transcript = 'yes';
    const turn = await speak();
    expect(words(turn).trim()).toBe('I am glad to hear that.');
    expect(turn).toContainEqual(expect.objectContaining({ type: 'heard', transcript: 'yes' }));
    expect(turn.some(({ type }) => type === 'tags')).toBe(true);
    expect(sounds(turn).length).toBeGreaterThan(0);
    expect(turn.at(-1)).toMatchObject({ type: 'turn-end', outcome: 'completed' });
    const { model, settings } = await running.assistant.getState({}, never);
    expect(model).toMatchObject({
      id: 'remote',
      state: 'ready',
      speaks: 'light-voice',
      remoteHost: new URL(server.url).host,
    });
    expect(settings.engine.kind).toBe('remote');
    expect(promptOf(server.conversations[0]!)).toContain('<|BOT|>human\n<sound><|EOT|>');
  });

  test('a tool is called here, and its result goes there', async () => {
    server.reply = ({ body }) =>
      body.messages.at(-1)?.role === 'input'
        ? { text: 'It landed.' }
        : { text: 'One moment. ', calls: [{ name: 'flip_coin', arguments: {} }] };
    const turn = await type('flip a coin');
    expect(turn.map(({ type }) => type)).toContain('tool-end');
    expect(words(turn)).toContain('It landed.');
    expect(server.conversations.at(-1)!.body.messages.map(({ role }) => role)).toEqual([
      'system',
      'human',
      'assistant',
      'input',
    ]);
  });

  test.each([
    [{ kind: 'status', status: 401 }, 'remote-key-refused'],
    [{ kind: 'status', status: 500 }, 'remote-failed'],
    [{ kind: 'drop', afterPieces: 2 }, 'remote-cut-off'],
    [{ kind: 'piece', text: 'data: {{{\n\n' }, 'remote-not-understood'],
  ] as const)(
    'a server that does %j ends the turn with its reason, and the next one works',
    async (what, code) => {
      server.reply = () => ({ text: 'Good morning to you.' });
      server.misbehave(what, 1);
      const turn = await type('hello');
      expect(turn.at(-1)).toMatchObject({ type: 'turn-end', outcome: 'failed', failure: { code } });
      expect(words(await type('hello again')).trim()).toBe('Good morning to you.');
    },
  );

  test('a turn that is stopped ends the request', async () => {
    server.reply = () => ({ text: 'a b c d e f g h i j k l m n o p', pieceMs: 40 });
    const asked = running.assistant.sendText({ text: 'count' }, never);
    await expect.poll(() => server.conversations.length, patience).toBe(1);
    await running.assistant.stop({}, never);
    expect((await told((await asked).turnId)).at(-1)).toMatchObject({ outcome: 'interrupted' });
    await expect.poll(() => server.abandoned, patience).toBe(1);
  });

  test('a machine that is off is told, and this machine can answer again', async () => {
    await running.assistant.updateSettings(
      { remote: { url: 'http://127.0.0.1:9', model: 'x', thinks: false, allowPlainHttp: false } },
      never,
    );
    const turn = await type('hello');
    expect(turn.at(-1)).toMatchObject({ failure: { code: 'remote-unreachable' } });
    const { model } = await running.assistant.getState({}, never);
    expect(model).toMatchObject({ id: 'remote', state: 'failed', failure: { code: 'remote-unreachable' } });
    await running.assistant.updateSettings({ engine: { kind: 'local' } }, never);
    expect((await running.assistant.getState({}, never)).model.remoteHost).toBeUndefined();
  });

  test('the key is in no state, no event, no export, no finding, and in one file that only its owner can read', async () => {
    server.reply = () => ({ text: 'Hello.' });
    server.misbehave({ kind: 'status', status: 500, body: `{"error":{"message":"key ${key} is odd"}}` }, 1);
    await type('hello');
    await type('hello');
    const { assistant } = running;
    const shown = [
      await assistant.getState({}, never),
      await assistant.listModels({}, never),
      await assistant.exportHistory({ format: 'json' }, never),
      await assistant.diagnose({}, never),
      events,
    ];
    expect(JSON.stringify(shown)).not.toContain(key);
    expect((await assistant.getState({}, never)).hasRemoteKey).toBe(true);
    const data = join(folder, 'data');
    const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const holding = files.filter((file) => readFileSync(join(file.parentPath, file.name)).includes(key));
    expect(holding.map(({ name }) => name)).toEqual(['remote-key']);
    if (process.platform !== 'win32') expect(statSync(join(data, 'remote-key')).mode & 0o777).toBe(0o600);
    await assistant.setRemoteKey({ key: '' }, never);
    expect(readdirSync(data)).not.toContain('remote-key');
    expect((await type('hello')).at(-1)).toMatchObject({ failure: { code: 'remote-key-refused' } });
  });

  test('the connection is tested from the settings', async () => {
    server.reply = () => ({ text: 'Hi', codes: [1, 2, 3, 4] });
    const report = await running.assistant.testRemote({}, never);
    expect(report).toMatchObject({ hears: true, speaks: true, isEncrypted: false });
  });
});

describe.runIf(hasGoldenFolder)('turns that another machine answers, with a voice installed here', () => {
  beforeAll(async () => {
    ({ folder, dispose } = scratchFolder());
    const packageFolder = join(folder, 'models', 'tiny');
    cpSync(join(goldenFolder, 'model'), packageFolder, { recursive: true });
    await buildPackage(packageFolder, { ...tinyFacts, speaks: 'token2wav' }, never);
    server = await StandInServer.start({ key });
    await start(join(folder, 'models'));
    await beginAnew();
  });
  afterAll(async () => {
    await running.dispose();
    await server.stop();
    dispose();
  });

  test('speech tokens come back and are heard as the model spoke them', async () => {
    const codes = Array.from({ length: 40 }, (_, index) => 10 + index);
    server.reply = () => ({ text: 'Good morning to you all.', codes });
    const turn = await speak();
    expect(words(turn).trim()).toBe('Good morning to you all.');
    expect(sounds(turn).every(({ sampleRate }) => sampleRate === 24_000)).toBe(true);
    expect(sounds(turn).reduce((sum, { samples }) => sum + samples.length, 0)).toBe(40 * 960);
    expect((await running.assistant.getState({}, never)).model.speaks).toBe('token2wav');
    await type('and now?');
    expect(promptOf(server.conversations[1]!)).toContain('<tts_start>Good morning to you all.|<audio_10>');
  });
});
