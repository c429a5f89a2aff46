import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { heardAs, ScriptedEngine, type Script } from '../scripted-engine.ts';
import { never, stage, type Stage } from '../running-assistant.ts';

const everything = createRequire(import.meta.url).resolve(
  '@modelcontextprotocol/server-everything/dist/index.js',
);
const refused =
  (transcript: string, reason: string): Script =>
  () => [
    { type: 'heard', transcript, rejected: true, confidence: 0.2 },
    { type: 'intent', name: 'unknown', slots: { reason } },
    { type: 'end', stopReason: 'end-token', timings: {} },
  ];

let here: Stage;
let engine: ScriptedEngine;
let serverId: string;

beforeEach(async () => {
  engine = new ScriptedEngine();
  here = await stage({}, engine);
  const transport = {
    kind: 'stdio' as const,
    command: process.execPath,
    arguments: [everything, 'stdio'],
    environment: {},
  };
  ({ serverId } = await here.assistant.addToolServer({ name: 'Everything', transport }, never));
  const { fingerprint } = (await here.assistant.listToolServers({}, never))[0]!;
  await here.assistant.setToolServerEnabled({ serverId, enabled: true, fingerprint }, never);
  await phrase('echo', 'tell the wall {message}');
}, 30_000);
afterEach(() => here.close());

const phrase = (tool: string, text: string) =>
  here.assistant.setToolPhrase({ serverId, tool, phrase: text }, never);
const said = () => engine.spoken.map(({ text }) => text).join(' ');
const calls = () => here.turnEvents().filter((event) => event.type === 'tool-start');

test('a phrase calls its tool after a question, though the model refused the words as outside its domain', async () => {
  engine.script = refused('please tell the wall good night', 'out-of-domain');
  const turn = here.speak();
  const asked = await here.until((event) => event.type === 'consent-request');
  if (asked.type !== 'consent-request') throw new Error('Nothing was asked.');
  expect(asked.subject).toBe('Everything: echo {"message":"good night"}');
  await here.assistant.answerConsent({ consentId: asked.consentId, answer: 'once' }, never);
  const events = here.turnEvents(await turn);
  expect(events.filter((event) => event.type === 'heard')).toMatchObject([
    { transcript: 'please tell the wall good night', rejected: false },
  ]);
  expect(events.at(-1)).toMatchObject({ outcome: 'completed' });
  expect(said()).toContain('Everything says: Echo: good night');
});

test('what is always allowed is not asked for, what never is does not run, and numbers are numbers', async () => {
  await phrase('get-sum', 'join {a} and {b} on the server');
  await here.assistant.setToolPermission({ serverId, tool: 'get-sum', permission: 'always' }, never);
  engine.script = heardAs('join twenty one and twenty one on the server', 'calculate');
  await here.speak();
  expect(calls()).toMatchObject([{ name: 'everything__get_sum', arguments: { a: 21, b: 21 } }]);
  expect(said()).toContain('42');
  await here.assistant.setToolPermission({ serverId, tool: 'get-sum', permission: 'never' }, never);
  const { turnId } = await here.assistant.sendText({ text: 'Join 1 and 2 on the server!' }, never);
  expect(here.turnEvents(turnId).find((event) => event.type === 'tool-end')).toMatchObject({
    failure: { code: 'tool-off' },
  });
  expect(here.events.some((event) => event.type === 'consent-request')).toBe(false);
});

test('words that were not heard well call nothing, and neither do other words', async () => {
  engine.script = refused('tell the wall good night', 'unclear');
  await here.speak();
  engine.script = refused('tell the walls good night', 'out-of-domain');
  await here.speak();
  expect(calls()).toEqual([]);
  expect(here.turnEvents().filter((event) => event.type === 'heard')).toMatchObject([
    { rejected: true },
    { rejected: true },
  ]);
});

test('no two tools have one phrase, a phrase is kept, and it can be taken back', async () => {
  const taken = phrase('trigger-long-running-operation', 'tell the wall {duration}');
  await expect(taken).rejects.toMatchObject({
    code: 'tool-phrase',
    details: { reason: 'taken', name: 'echo' },
  });
  await expect(phrase('echo', 'tell the wall')).rejects.toMatchObject({
    details: { reason: 'missing-place' },
  });
  const tools = async () => (await here.assistant.listToolServers({}, never))[0]!.tools;
  expect((await tools()).find(({ name }) => name === 'echo')).toMatchObject({
    phrase: 'tell the wall {message}',
    spokenArguments: ['message'],
  });
  await phrase('echo', '');
  engine.script = refused('tell the wall good night', 'out-of-domain');
  await here.speak();
  expect(calls()).toEqual([]);
});

test('what Sotto says and does itself is no phrase; what it can only regret may be one', async () => {
  const { starterSays } = await import('../../../assistant/tools/mcp/starter-says.ts');
  const says = starterSays(() => ['/nowhere', resolve('models')]);
  expect(await says(['set a timer for twenty minutes'])).toBe(true);
  expect(await says(['turn on the lights', 'turn on the oven to twenty'])).toBe(false);
  const { checkPhrase } = await import('../../../assistant/tools/mcp/check-phrase.ts');
  const parameters = { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] };
  const tool = { name: 'ask', description: '', parameters, permission: 'ask', phrase: '' } as const;
  const check = (text: string) => checkPhrase({ phrase: text, serverId, tool }, [], says);
  const taken = ['what {query}', 'tell me {query}', 'set {query}', 'open {query}', 'set a timer for {query}'];
  for (const text of [...taken, 'wake me up at {query}', 'what time is it in {query}'])
    await expect(check(text), text).rejects.toMatchObject({ details: { reason: 'known' } });
  for (const text of ['ask the library {query}', 'echo {query}']) await check(text);
  expect(await starterSays(() => [])(['set a timer for twenty minutes'])).toBe(false);
});
