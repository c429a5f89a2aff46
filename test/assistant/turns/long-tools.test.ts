import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AppEvent } from '../../../contract/app-events.ts';
import { heardAs, ScriptedEngine } from '../scripted-engine.ts';
import { never, settle, stage, type Stage } from '../running-assistant.ts';

type Jobs = Extract<AppEvent, { type: 'background-tools' }>;

let here: Stage;
let engine: ScriptedEngine;
let answer: PromiseWithResolvers<Response>;
let wasAborted: boolean;

beforeEach(async () => {
  engine = new ScriptedEngine();
  engine.script = heardAs('search the web for geese', 'web_search', { query: 'geese' });
  answer = Promise.withResolvers<Response>();
  wasAborted = false;
  const fetch = (_input: unknown, init?: RequestInit) => {
    init?.signal?.addEventListener('abort', () => {
      wasAborted = true;
      answer.reject(init.signal!.reason);
    });
    return answer.promise;
  };
  here = await stage({ fetch: fetch as typeof globalThis.fetch, toolPatienceMs: 60 }, engine);
  const webSearch = {
    enabled: true,
    provider: 'searxng',
    address: 'http://localhost:8888',
    key: '',
    readPages: false,
  } as const;
  await here.assistant.updateSettings({ webSearch }, never);
});
afterEach(() => here.close());

const geese = () =>
  Response.json({ results: [{ title: 'Geese', url: 'https://geese.example/', content: 'Geese are loud.' }] });
const jobsNow = () =>
  here.events.findLast((event): event is Jobs => event.type === 'background-tools')?.jobs.length;
const said = () => engine.spoken.map(({ text }) => text).join(' ');

test('a tool that takes long goes on behind the conversation, and its outcome is told when it comes', async () => {
  const first = await here.assistant.sendText({ text: 'search the web for geese' }, never);
  expect(here.turnEvents(first.turnId).at(-1)).toMatchObject({ outcome: 'completed' });
  expect(said()).toMatch(/tell you/);
  expect(jobsNow()).toBe(1);
  engine.script = heardAs('hello', 'greeting');
  await here.assistant.sendText({ text: 'hello' }, never);
  answer.resolve(geese());
  await here.until(
    (event) => event.type === 'turn' && event.event.type === 'turn-start' && event.event.source === 'alarm',
  );
  await here.until(
    (event) =>
      event.type === 'turn' &&
      event.event.type === 'text-delta' &&
      event.event.text.includes('geese.example'),
  );
  await settle();
  const told = here
    .turnEvents()
    .filter((event) => event.type === 'tool-end')
    .at(-1);
  expect(told).toMatchObject({ name: 'web_search', result: { query: 'geese' } });
  expect(said()).toContain('According to geese.example: Geese are loud.');
  expect(jobsNow()).toBe(0);
});

test('speaking in between does not stop it, and "stop" does', async () => {
  await here.assistant.sendText({ text: 'search the web for geese' }, never);
  engine.script = heardAs('stop', 'stop');
  await here.speak();
  await settle();
  expect(jobsNow()).toBe(0);
  expect(wasAborted).toBe(true);
  expect(said()).toContain('I stopped it.');
});

test('a turn that is interrupted while its tool is at work leaves it at work', async () => {
  const turn = here.assistant.sendText({ text: 'search the web for geese' }, never);
  await here.until((event) => event.type === 'turn' && event.event.type === 'tool-start');
  engine.script = heardAs('hello', 'greeting');
  await here.assistant.sendText({ text: 'hello' }, never);
  await turn;
  expect(wasAborted).toBe(false);
  expect(jobsNow()).toBe(1);
  const job = here.events.findLast((event): event is Jobs => event.type === 'background-tools')!.jobs[0]!;
  await here.assistant.cancelTool({ callId: job.callId }, never);
  await settle();
  expect(wasAborted).toBe(true);
  expect(jobsNow()).toBe(0);
});

test('the stop button ends the turn and its tool', async () => {
  const turn = here.assistant.sendText({ text: 'search the web for geese' }, never);
  await here.until((event) => event.type === 'turn' && event.event.type === 'tool-start');
  await here.assistant.stop({}, never);
  await turn;
  expect(wasAborted).toBe(true);
});

test('a failure behind the conversation is told in one sentence', async () => {
  await here.assistant.sendText({ text: 'search the web for geese' }, never);
  answer.reject(new TypeError('fetch failed'));
  await here.until(
    (event) =>
      event.type === 'turn' && event.event.type === 'text-delta' && event.event.text.includes('reach'),
  );
  await settle();
  expect(said()).toContain("I couldn't reach localhost:8888.");
});
