import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ReplyEvent } from '../../../contract/engine-contract.ts';
import { never, settle, stage, type Stage } from '../running-assistant.ts';
import { ScriptedEngine, scriptedModel, type Script } from '../scripted-engine.ts';

const end: ReplyEvent = { type: 'end', stopReason: 'end-token', timings: {} };
const speech = (text: string): ReplyEvent => ({
  type: 'audio-delta',
  samples: new Float32Array(8),
  sampleRate: 24_000,
  text,
});
const script: Script = ({ task }) =>
  task === 'transcribe'
    ? [{ type: 'heard', transcript: 'good morning', rejected: false, confidence: 0.9 }, end]
    : task === 'tags'
      ? [end]
      : [speech('Bonjour.'), { ...end, tokens: [1, 2, 3] }];

let here: Stage;
let engine: ScriptedEngine;
const tasks = () => engine.replies.map(({ task }) => task);

async function say(asked: object = {}): Promise<string> {
  const { utteranceId } = await here.assistant.startListening({ sampleRate: 16_000 }, never);
  const { turnId } = await here.assistant.finishListening({ utteranceId, ...asked }, never);
  await settle();
  return turnId;
}

async function start(wordsReplies: boolean): Promise<void> {
  engine = new ScriptedEngine();
  engine.model = { ...scriptedModel, wordsReplies, speaks: wordsReplies ? 'token2wav' : 'light-voice' };
  engine.script = script;
  here = await stage({}, engine);
}
afterEach(() => here.close());

describe('a model that can do everything', () => {
  beforeEach(() => start(true));

  test('translates aloud into the language that was asked for, with what was said beside it', async () => {
    const turnId = await say({ task: 'translate', targetLanguage: 'French' });
    expect(engine.replies[0]).toMatchObject({
      task: 'translate',
      targetLanguage: 'French',
      spoken: true,
      tools: [],
    });
    expect(tasks()).toEqual(['translate', 'transcribe', 'tags']);
    const [turn] = await here.assistant.getConversation(
      { conversationId: here.turnEvents(turnId)[0]!.conversationId },
      never,
    );
    expect(turn).toMatchObject({ transcript: 'good morning', reply: 'Bonjour.', outcome: 'completed' });
  });

  test('does what is set when nothing is asked', async () => {
    await here.assistant.updateSettings({ task: 'transcribe' }, never);
    await say();
    expect(tasks()).toEqual(['transcribe', 'tags']);
    await here.assistant.updateSettings({ task: 'translate', translateTo: 'German' }, never);
    await here.assistant.sendText({ text: 'good morning' }, never);
    expect(engine.replies.at(-1)).toMatchObject({ task: 'translate', targetLanguage: 'German' });
  });

  test('describes sound in which nobody speaks', async () => {
    engine.summary = { verdict: 'no-speech' };
    expect(here.turnEvents(await say()).at(-1)).toMatchObject({ outcome: 'nothing-heard' });
    await say({ task: 'describe' });
    expect(tasks()).toEqual(['describe']);
  });

  test('is told earlier turns as they sounded, and lets go of them with the conversation', async () => {
    await say();
    await say();
    const [system, first, reply, second] = engine.replies.find(
      ({ messages }) => messages.length === 4,
    )!.messages;
    expect(system?.role).toBe('system');
    expect(first?.content).toEqual([{ utteranceId: expect.any(String) as string, text: 'good morning' }]);
    expect(reply?.content).toEqual([{ spokenTokens: [1, 2, 3] }]);
    expect(second?.content).toEqual([{ utteranceId: expect.any(String) as string }]);
    expect(engine.open.size).toBe(2);
    await here.assistant.newConversation({}, never);
    await settle();
    expect(engine.open.size).toBe(0);
  });

  test('says so in its status', async () => {
    await say();
    const { model } = await here.assistant.getState({}, never);
    expect(model.tasks).toContain('describe');
  });
});

describe('a model that only names intents', () => {
  beforeEach(() => start(false));

  test('refuses what it cannot do when it is asked for it', async () => {
    const turnId = await say({ task: 'translate' });
    expect(here.turnEvents(turnId).at(-1)).toMatchObject({
      outcome: 'failed',
      failure: { code: 'mode-unavailable', details: { task: 'translate' } },
    });
  });

  test('answers where something else is merely set', async () => {
    await here.assistant.updateSettings({ task: 'describe' }, never);
    engine.script = () => [
      { type: 'heard', transcript: 'hello', rejected: false, confidence: 0.9 },
      { type: 'intent', name: 'greeting', slots: {} },
      end,
    ];
    expect(here.turnEvents(await say()).at(-1)).toMatchObject({ outcome: 'completed' });
    expect(tasks()).toEqual(['converse']);
    expect(engine.open.size).toBe(0);
  });

  test('writes down what it hears', async () => {
    await say({ task: 'transcribe' });
    expect(tasks()[0]).toBe('transcribe');
  });
});
