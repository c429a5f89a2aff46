import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { LoadEvent, LoadRequest, ReplyEvent, SpeechSpeeds } from '../../../contract/engine-contract.ts';
import { settings } from '../../../contract/settings.ts';
import { speechPlan } from '../../../assistant/turns/speech-plan.ts';
import { never, settle, stage, type Stage } from '../running-assistant.ts';
import { ScriptedEngine, scriptedModel } from '../scripted-engine.ts';

const slow: SpeechSpeeds = { stepsPerSecond: 18.24, soundSecondsPerSecond: 1.56, speechPerSecond: 0.58 };
const end: ReplyEvent = { type: 'end', stopReason: 'end-token', timings: {} };
const speaking = { speaks: 'token2wav' } as const;
const set = (slowModel: 'automatic' | 'light-voice' | 'buffered') =>
  settings.parse({ speech: { slowModel } });

describe('a model with a voice of its own', () => {
  test('speaks by itself where it keeps up, and where nobody measured', () => {
    expect(speechPlan(speaking, { ...slow, speechPerSecond: 1.1 }, set('light-voice'))).toBe('in-time');
    expect(speechPlan(speaking, undefined, set('light-voice'))).toBe('in-time');
  });

  test('waits where the wait is no longer than the reply, else lends its words to the light voice', () => {
    expect(speechPlan(speaking, slow, set('automatic'))).toBe('buffered');
    expect(speechPlan(speaking, { ...slow, speechPerSecond: 0.2 }, set('automatic'))).toBe('light-voice');
  });

  test('does as it is told', () => {
    expect(speechPlan(speaking, slow, set('light-voice'))).toBe('light-voice');
    expect(speechPlan(speaking, { ...slow, speechPerSecond: 0.2 }, set('buffered'))).toBe('buffered');
  });
});

test('a model without one has the light voice', () => {
  expect(speechPlan({ speaks: 'light-voice' }, undefined, set('buffered'))).toBe('light-voice');
});

/** A machine that is too slow for the model. */
class SlowEngine extends ScriptedEngine {
  override async *load(request: LoadRequest, signal: AbortSignal): AsyncGenerator<LoadEvent> {
    for await (const event of super.load(request, signal)) {
      yield event.type === 'ready' ? { ...event, speeds: slow } : event;
    }
  }
}

describe('on a slow machine', () => {
  let here: Stage;
  let engine: SlowEngine;
  beforeEach(async () => {
    engine = new SlowEngine();
    engine.model = { ...scriptedModel, wordsReplies: true, speaks: 'token2wav' };
    engine.script = ({ spoken }) =>
      spoken
        ? [{ type: 'audio-delta', samples: new Float32Array(8), sampleRate: 24_000, text: 'Hello.' }, end]
        : [{ type: 'text-delta', text: 'Hello.' }, end];
    here = await stage({}, engine);
  });
  afterEach(() => here.close());

  const notices = async () => (await here.assistant.getState({}, never)).notices;

  test('it says so with figures, and asks for short replies', async () => {
    const { turnId } = await here.assistant.sendText({ text: 'hello' }, never);
    expect(await notices()).toEqual([
      { code: 'speech-slow', details: { stepsPerSecond: 18.2, soundSeconds: 1.6, speech: 'buffered' } },
    ]);
    expect(engine.replies[0]).toMatchObject({ spoken: true, longestSpeechSeconds: 12 });
    expect(JSON.stringify(engine.replies[0]?.messages[0])).toContain('one or two short sentences');
    await settle();
    expect(here.turnEvents(turnId).map(({ type }) => type)).toContain('audio-delta');
  });

  test('the light voice says its words where that is wanted', async () => {
    await here.assistant.updateSettings({ speech: { slowModel: 'light-voice' } }, never);
    await here.assistant.sendText({ text: 'hello' }, never);
    expect(engine.replies[0]).toMatchObject({ spoken: false });
    expect(engine.spoken.map(({ text }) => text)).toEqual(['Hello.']);
    expect(await notices()).toMatchObject([{ details: { speech: 'light-voice' } }]);
  });
});
