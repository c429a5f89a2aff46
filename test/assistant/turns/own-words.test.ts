import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ReplyEvent } from '../../../contract/engine-contract.ts';
import { ScriptedEngine, scriptedModel } from '../scripted-engine.ts';
import { never, settle, stage, type Stage } from '../running-assistant.ts';

let here: Stage;
let engine: ScriptedEngine;
const end: ReplyEvent = { type: 'end', stopReason: 'end-token', timings: {} };
const sound = (value: number): ReplyEvent => ({
  type: 'audio-delta',
  samples: new Float32Array(8).fill(value),
  sampleRate: 24_000,
});

beforeEach(async () => {
  engine = new ScriptedEngine();
  engine.model = { ...scriptedModel, wordsReplies: true, speaks: 'token2wav' };
  here = await stage({}, engine);
});
afterEach(() => here.close());

test('text and sound come straight from the model, at the volume that was set', async () => {
  await here.assistant.updateSettings({ volume: 0.5, hearTags: false }, never);
  engine.script = ({ task }) =>
    task === 'transcribe'
      ? [{ type: 'heard', transcript: 'good morning', rejected: false, confidence: 1 }, end]
      : [
          { type: 'text-delta', text: 'Good ' },
          sound(0.5),
          { type: 'text-delta', text: 'morning!' },
          sound(1),
          end,
        ];
  const turnId = await here.speak();
  await settle();
  const events = here.turnEvents(turnId);
  expect(events.map((event) => event.type)).toEqual([
    'turn-start',
    'text-delta',
    'audio-delta',
    'text-delta',
    'audio-delta',
    'heard',
    'turn-end',
  ]);
  expect(events.flatMap((event) => (event.type === 'audio-delta' ? [event.samples[0]] : []))).toEqual([
    0.25, 0.5,
  ]);
  expect(engine.spoken).toEqual([]);
});

test('a tool is called, its result goes back in the role "input", and the model speaks again', async () => {
  engine.script = ({ task, messages }) => {
    if (task !== 'converse') return [end];
    if (messages.at(-1)?.role === 'input') return [{ type: 'text-delta', text: 'Heads, I believe.' }, end];
    return [
      { type: 'text-delta', text: 'Let me see. ' },
      { type: 'tool-call', name: 'flip_coin', arguments: {} },
      end,
    ];
  };
  const { turnId } = await here.assistant.sendText({ text: 'flip a coin' }, never);
  await settle();
  expect(here.turnEvents(turnId).map((event) => event.type)).toEqual([
    'turn-start',
    'heard',
    'text-delta',
    'tool-start',
    'tool-end',
    'text-delta',
    'turn-end',
  ]);
  const [first, second] = engine.replies;
  expect(first?.messages.map((message) => message.role)).toEqual(['system', 'human']);
  expect(first?.tools.map((tool) => tool.function.name)).toContain('flip_coin');
  expect(second?.messages.map((message) => message.role)).toEqual(['system', 'human', 'assistant', 'input']);
  expect(second?.messages[2]?.content).toEqual([
    { text: 'Let me see. <tool_call>function\nflip_coin\n{}</tool_call>' },
  ]);
});

test('a tool that fails is told to the model, which goes on', async () => {
  engine.script = ({ messages }) =>
    messages.at(-1)?.role === 'input'
      ? [{ type: 'text-delta', text: 'That did not work.' }, end]
      : [{ type: 'tool-call', name: 'no_such_tool', arguments: { a: 1 } }, end];
  const { turnId } = await here.assistant.sendText({ text: 'do it' }, never);
  await settle();
  expect(here.turnEvents(turnId).find((event) => event.type === 'tool-end')).toMatchObject({
    failure: { code: 'tool-bad-arguments' },
  });
  expect(JSON.stringify(engine.replies[1]?.messages.at(-1))).toContain('tool-bad-arguments');
  expect(here.turnEvents(turnId).at(-1)).toMatchObject({ outcome: 'completed' });
});

test('a model that calls tools without end is stopped', async () => {
  engine.script = () => [{ type: 'tool-call', name: 'flip_coin', arguments: {} }, end];
  const { turnId } = await here.assistant.sendText({ text: 'flip' }, never);
  await settle();
  expect(here.turnEvents(turnId).filter((event) => event.type === 'tool-start')).toHaveLength(6);
  expect(here.turnEvents(turnId).at(-1)).toMatchObject({ outcome: 'completed' });
});

test('earlier turns of the conversation are told again, a new conversation forgets them', async () => {
  engine.script = () => [{ type: 'text-delta', text: 'Yes.' }, end];
  await here.assistant.sendText({ text: 'first' }, never);
  await here.assistant.sendText({ text: 'second' }, never);
  const texts = engine.replies[1]?.messages.slice(1).map((message) => message.content[0]);
  expect(texts).toEqual([{ text: 'first' }, { text: 'Yes.' }, { text: 'second' }]);
  const { conversationId } = await here.assistant.getState({}, never);
  await here.assistant.newConversation({}, never);
  await here.assistant.sendText({ text: 'third' }, never);
  expect(engine.replies[2]?.messages).toHaveLength(2);
  await here.assistant.openConversation({ conversationId: conversationId as string }, never);
  await here.assistant.sendText({ text: 'fourth' }, never);
  expect(engine.replies[3]?.messages).toHaveLength(6);
});

test('a model without a voice of its own is spoken sentence by sentence while it writes', async () => {
  const light = new ScriptedEngine();
  light.model = { ...scriptedModel, wordsReplies: true, speaks: 'light-voice' };
  light.script = ({ task }) =>
    task === 'converse'
      ? [
          { type: 'text-delta', text: 'The first sentence. The sec' },
          { waitMs: 30 },
          { type: 'text-delta', text: 'ond sentence.' },
          end,
        ]
      : [end];
  const other = await stage({}, light);
  const { turnId } = await other.assistant.sendText({ text: 'go' }, never);
  await settle();
  expect(light.spoken.map((request) => request.text)).toEqual([
    'The first sentence.',
    'The second sentence.',
  ]);
  const told = other.turnEvents(turnId).flatMap((event) => (event.type === 'text-delta' ? [event.text] : []));
  expect(told.join('')).toBe('The first sentence. The second sentence.');
  await other.close();
});
