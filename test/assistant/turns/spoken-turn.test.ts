import { afterEach, beforeEach, expect, test } from 'vitest';
import { heardAs, ScriptedEngine } from '../scripted-engine.ts';
import { never, settle, stage, type Stage } from '../running-assistant.ts';

let here: Stage;
beforeEach(async () => {
  here = await stage();
});
afterEach(() => here.close());

const typesOf = (turnId: string) => here.turnEvents(turnId).map((event) => event.type);

test('a spoken turn is told in order: start, heard, tags, text with its sound, end', async () => {
  const turnId = await here.speak();
  await settle();
  expect(typesOf(turnId)).toEqual(['turn-start', 'heard', 'tags', 'text-delta', 'audio-delta', 'turn-end']);
  expect(here.turnEvents(turnId).at(-1)).toMatchObject({ outcome: 'completed', voiceId: 'flite-slt' });
  const phases = here.events.flatMap((event) => (event.type === 'state' ? [event.state.phase] : []));
  expect(phases.at(-1)).toBe('idle');
});

test('levels are told while the key is held', async () => {
  await here.speak();
  await settle();
  expect(here.events).toContainEqual({ type: 'level', level: 0.25, speech: true });
});

test('a tool call is told with its start and its end and stored with its result', async () => {
  here.engine.script = heardAs('roll a die', 'roll_dice');
  here.engine.script = () => [
    { type: 'heard', transcript: 'flip a coin', rejected: false, confidence: 1 },
    { type: 'tool-call', name: 'flip_coin', arguments: {}, intent: 'flip_coin' },
    { type: 'end', stopReason: 'end-token', timings: {} },
  ];
  const turnId = await here.speak();
  await settle();
  const types = typesOf(turnId);
  expect(types.slice(0, 4)).toEqual(['turn-start', 'heard', 'tool-start', 'tool-end']);
  const state = await here.assistant.getState({}, never);
  const [turn] = await here.assistant.getConversation(
    { conversationId: state.conversationId as string },
    never,
  );
  expect(turn?.toolCalls).toHaveLength(1);
  expect(turn?.toolCalls[0]).toMatchObject({ name: 'flip_coin', leavesMachine: false });
  expect(turn?.outcome).toBe('completed');
});

test('both sides can be heard again, from what was stored', async () => {
  const turnId = await here.speak();
  const mine = await here.assistant.getTurnAudio({ turnId, side: 'mine' }, never);
  const reply = await here.assistant.getTurnAudio({ turnId, side: 'reply' }, never);
  expect(mine?.samples).toHaveLength(160);
  expect(mine?.samples[3]).toBeCloseTo(Math.sin(1) / 2, 3);
  expect(reply?.samples.length).toBeGreaterThan(10);
});

test('audio is kept only as the person wants it', async () => {
  await here.assistant.updateSettings({ keepAudio: 'none' }, never);
  const turnId = await here.speak();
  expect(await here.assistant.getTurnAudio({ turnId, side: 'mine' }, never)).toBeNull();
  await here.assistant.updateSettings({ keepAudio: 'reply' }, never);
  const second = await here.speak();
  expect(await here.assistant.getTurnAudio({ turnId: second, side: 'mine' }, never)).toBeNull();
  expect(await here.assistant.getTurnAudio({ turnId: second, side: 'reply' }, never)).not.toBeNull();
});

test('without history the present conversation can be seen, but nothing is stored', async () => {
  await here.assistant.updateSettings({ keepHistory: false }, never);
  await here.speak();
  const { conversationId } = await here.assistant.getState({}, never);
  const turns = await here.assistant.getConversation({ conversationId: conversationId as string }, never);
  expect(turns.map((turn) => turn.transcript)).toEqual(['hello']);
  expect(await here.assistant.listConversations({}, never)).toEqual([]);
});

test('tags are left out when the person does not want them heard', async () => {
  await here.assistant.updateSettings({ hearTags: false }, never);
  const turnId = await here.speak();
  await settle();
  expect(typesOf(turnId)).not.toContain('tags');
});

test('a slip of the key is forgotten without a word', async () => {
  here.engine.summary = { verdict: 'too-short', durationSeconds: 0.05, speechSeconds: 0 };
  const turnId = await here.speak();
  await settle();
  expect(typesOf(turnId)).toEqual(['turn-start', 'turn-end']);
  expect(here.turnEvents(turnId)[1]).toMatchObject({
    outcome: 'nothing-heard',
    failure: { code: 'audio-too-short' },
  });
  expect(await here.assistant.listConversations({}, never)).toEqual([]);
  expect(here.engine.replies).toHaveLength(0);
});

test('a long silence is answered, and no transcript is invented', async () => {
  here.engine.summary = { verdict: 'no-speech', durationSeconds: 3, speechSeconds: 0 };
  const turnId = await here.speak();
  await settle();
  expect(typesOf(turnId)).toEqual(['turn-start', 'text-delta', 'audio-delta', 'turn-end']);
  expect(here.engine.spoken[0]?.text).toBe("I didn't hear anything.");
});

test('what the model rejects is not acted upon', async () => {
  here.engine.script = () => [
    { type: 'heard', transcript: 'open the pod bay', rejected: true, confidence: 0.1 },
    { type: 'tool-call', name: 'open_app', arguments: { app: 'pod' } },
    { type: 'end', stopReason: 'end-token', timings: {} },
  ];
  const turnId = await here.speak();
  await settle();
  expect(typesOf(turnId)).not.toContain('tool-start');
  expect(here.turnEvents(turnId).at(-1)).toMatchObject({ outcome: 'nothing-heard' });
  expect(here.opened).toEqual([]);
});

test('what is clear but beyond Sotto gets another answer than what is unclear', async () => {
  const refused = (reason: string) => () =>
    [
      { type: 'heard', transcript: 'write my thesis', rejected: true, confidence: 0.1 },
      { type: 'intent', name: 'unknown', slots: { reason } },
    ] as const;
  here.engine.script = refused('out-of-domain');
  const beyond = await here.speak();
  here.engine.script = refused('unclear');
  const unclear = await here.speak();
  await settle();
  expect(here.turnEvents(beyond).at(-1)).toMatchObject({ outcome: 'completed' });
  expect(here.turnEvents(unclear).at(-1)).toMatchObject({ outcome: 'nothing-heard' });
  expect(here.engine.spoken[0]?.text).not.toBe(here.engine.spoken.at(-1)?.text);
});

test('noise that the voice detector took for speech is answered like silence', async () => {
  here.engine.script = () => [{ type: 'heard', transcript: '', rejected: false, confidence: 0 }];
  const turnId = await here.speak();
  await settle();
  expect(here.turnEvents(turnId).at(-1)).toMatchObject({ outcome: 'nothing-heard' });
  expect(here.engine.spoken[0]?.text).toBe("I didn't hear anything.");
});

test('a typed turn is answered aloud like a spoken one', async () => {
  const { turnId } = await here.assistant.sendText({ text: '  hello ' }, never);
  await settle();
  expect(typesOf(turnId).slice(0, 2)).toEqual(['turn-start', 'heard']);
  expect(here.engine.replies[0]?.messages.at(-1)).toEqual({ role: 'human', content: [{ text: 'hello' }] });
  expect(typesOf(turnId)).toContain('audio-delta');
});

test('an engine that dies ends the turn as failed, and the next turn works', async () => {
  here.engine.script = () => [{ waitMs: 1000 }];
  const spoken = here.speak();
  await here.until((event) => event.type === 'turn');
  await settle();
  here.engine.kill();
  const turnId = await spoken;
  await settle();
  expect(here.turnEvents(turnId).at(-1)).toMatchObject({
    outcome: 'failed',
    failure: { code: 'engine-crashed' },
  });
  expect((await here.assistant.getState({}, never)).phase).toBe('idle');

  here.engine.script = heardAs('hello', 'greeting');
  await here.assistant.loadModel({ modelId: 'starter' }, never);
  const next = await here.speak();
  await settle();
  expect(here.turnEvents(next).at(-1)).toMatchObject({ outcome: 'completed' });
});

test('an engine that dies while idle costs one load, not a turn', async () => {
  await here.speak();
  here.engine.kill();
  const next = await here.speak();
  await settle();
  expect(here.turnEvents(next).at(-1)).toMatchObject({ outcome: 'completed' });
  expect(here.engine.loads).toHaveLength(2);
});

test('a voice that fails still leaves the answer to be read', async () => {
  const engine = new ScriptedEngine();
  engine.speak = () => {
    throw new Error('no voice');
  };
  const silent = await stage({}, engine);
  const { utteranceId } = await silent.assistant.startListening({ sampleRate: 16_000 }, never);
  const { turnId } = await silent.assistant.finishListening({ utteranceId }, never);
  await settle();
  const events = silent.turnEvents(turnId);
  expect(events.some((event) => event.type === 'text-delta' && event.text.length > 0)).toBe(true);
  expect(events.at(-1)).toMatchObject({ outcome: 'failed', failure: { code: 'internal' } });
  await silent.close();
});
