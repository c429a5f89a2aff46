import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { never, settle, stage, type Stage } from '../running-assistant.ts';

let here: Stage;
const isAudio = (event: Stage['events'][number]) =>
  event.type === 'turn' && event.event.type === 'audio-delta';

beforeEach(async () => {
  here = await stage({ speechLeadMs: 200 });
  here.engine.soundMsPerCharacter = 300;
});
afterEach(() => here.close());

test('a new press while it speaks ends the turn at once and nothing more is heard of it', async () => {
  const speaking = here.speak();
  await here.until(isAudio);
  const before = performance.now();
  await here.assistant.startListening({ sampleRate: 16_000 }, never);
  expect(performance.now() - before).toBeLessThan(100);
  const turnId = await speaking;
  await settle();
  const told = here.turnEvents(turnId).length;
  expect(here.turnEvents(turnId).at(-1)).toMatchObject({ type: 'turn-end', outcome: 'interrupted' });
  await sleep(400);
  expect(here.turnEvents(turnId)).toHaveLength(told);
  expect((await here.assistant.getState({}, never)).phase).toBe('listening');
});

test('the phase is "speaking" for as long as the reply is heard', async () => {
  const speaking = here.speak();
  await here.until(isAudio);
  expect((await here.assistant.getState({}, never)).phase).toBe('speaking');
  await sleep(300);
  expect((await here.assistant.getState({}, never)).phase).toBe('speaking');
  await here.assistant.stop({}, never);
  await speaking;
  expect((await here.assistant.getState({}, never)).phase).toBe('idle');
});

test('stop works at every point: listening, understanding, speaking', async () => {
  const { utteranceId } = await here.assistant.startListening({ sampleRate: 16_000 }, never);
  await here.assistant.stop({}, never);
  expect((await here.assistant.getState({}, never)).phase).toBe('idle');
  await expect(here.assistant.finishListening({ utteranceId }, never)).rejects.toMatchObject({
    code: 'nothing-heard',
  });

  here.engine.script = () => [{ waitMs: 5000 }];
  const thinking = here.speak();
  await here.until((event) => event.type === 'state' && event.state.phase === 'understanding');
  await settle();
  await here.assistant.stop({}, never);
  const turnId = await thinking;
  await settle();
  expect(here.turnEvents(turnId).at(-1)).toMatchObject({ outcome: 'interrupted' });
  expect(here.engine.running).toBe(0);
  expect(here.engine.open.size).toBe(0);
});

test('the caller who leaves takes the turn along', async () => {
  const leaving = new AbortController();
  const { utteranceId } = await here.assistant.startListening({ sampleRate: 16_000 }, never);
  const finished = here.assistant.finishListening({ utteranceId }, leaving.signal);
  await here.until(isAudio);
  leaving.abort();
  const { turnId } = await finished;
  await settle();
  expect(here.turnEvents(turnId).at(-1)).toMatchObject({ outcome: 'interrupted' });
});

test('what was said until the interruption is in the history', async () => {
  const speaking = here.speak();
  await here.until(isAudio);
  await here.assistant.stop({}, never);
  const turnId = await speaking;
  const { conversationId } = await here.assistant.getState({}, never);
  const [turn] = await here.assistant.getConversation({ conversationId: conversationId as string }, never);
  expect(turn).toMatchObject({
    id: turnId,
    outcome: 'interrupted',
    transcript: 'hello',
    hasReplyAudio: true,
  });
  expect(turn?.reply.length).toBeGreaterThan(0);
});

test('a cancelled utterance leaves no turn behind', async () => {
  const { utteranceId } = await here.assistant.startListening({ sampleRate: 16_000 }, never);
  await here.assistant.cancelListening({ utteranceId }, never);
  await settle();
  expect(here.turnEvents()).toEqual([]);
  expect(here.engine.open.size).toBe(0);
  await here.assistant.pushAudio({ utteranceId, samples: new Float32Array(10) }, never);
});

test('a second press before the first is released begins anew', async () => {
  const first = await here.assistant.startListening({ sampleRate: 16_000 }, never);
  const second = await here.assistant.startListening({ sampleRate: 16_000 }, never);
  expect(second.utteranceId).not.toBe(first.utteranceId);
  await settle();
  expect([...here.engine.open]).toEqual([second.utteranceId]);
});
