import { afterEach, expect, test } from 'vitest';
import type { Tag } from '../../../contract/tags.ts';
import { stage, never, type Stage } from '../running-assistant.ts';
import { ScriptedEngine, type Script } from '../scripted-engine.ts';

let present: Stage;
afterEach(() => present.close());

const heardWith =
  (tags: readonly Tag[], intent = 'greeting', transcript = 'hello'): Script =>
  () => [
    { type: 'heard', transcript, rejected: false, confidence: 0.9 },
    { type: 'tags', tags },
    { type: 'intent', name: intent, slots: {} },
    { type: 'end', stopReason: 'end-token', timings: {} },
  ];
const heard = (name: Tag['name'], value: string, more: Partial<Tag> = {}): Tag => ({
  name,
  value,
  confidence: 0.9,
  source: 'model',
  ...more,
});
const sad = heard('emotion', 'sad');
const unsureFeeling = heard('emotion', 'unsure', { confidence: 0 });

async function begin(tags: readonly Tag[]): Promise<void> {
  const engine = new ScriptedEngine();
  engine.script = heardWith(tags);
  present = await stage({}, engine);
}

async function turnsOf(): Promise<Awaited<ReturnType<Stage['assistant']['getConversation']>>> {
  const { conversationId } = await present.assistant.getState({}, never);
  return present.assistant.getConversation({ conversationId: conversationId! }, never);
}

test('a correction is kept beside what was heard, told to everyone, and can be taken back', async () => {
  await begin([heard('gender', 'male')]);
  const turnId = await present.speak();
  await present.assistant.correctTag({ turnId, name: 'gender', value: 'female' }, never);
  const corrected: Tag = {
    name: 'gender',
    value: 'female',
    confidence: 1,
    source: 'person',
    heard: { value: 'male', confidence: 0.9, source: 'model' },
  };
  expect((await turnsOf())[0]?.tags).toEqual([corrected]);
  expect(present.turnEvents(turnId).at(-1)).toMatchObject({ type: 'tags', tags: [corrected] });
  await present.assistant.correctTag({ turnId, name: 'gender', value: null }, never);
  expect((await turnsOf())[0]?.tags).toEqual([heard('gender', 'male')]);
});

test('what was not heard at all can be said, and be taken back without a trace', async () => {
  await begin([heard('gender', 'male')]);
  const turnId = await present.speak();
  await present.assistant.correctTag({ turnId, name: 'emotion', value: 'sad' }, never);
  expect((await turnsOf())[0]?.tags).toHaveLength(2);
  await present.assistant.correctTag({ turnId, name: 'emotion', value: null }, never);
  expect((await turnsOf())[0]?.tags).toEqual([heard('gender', 'male')]);
});

test('a turn that is not there cannot be corrected', async () => {
  await begin([]);
  await expect(
    present.assistant.correctTag({ turnId: 'gone', name: 'gender', value: 'male' }, never),
  ).rejects.toMatchObject({ code: 'turn-missing' });
});

test('a correction holds for the following turns, and each of them can be put right again', async () => {
  await begin([heard('gender', 'male')]);
  const first = await present.speak();
  await present.assistant.correctTag({ turnId: first, name: 'gender', value: 'female' }, never);
  const second = await present.speak();
  expect((await turnsOf())[1]?.tags[0]).toMatchObject({
    value: 'female',
    source: 'person',
    carriedOver: true,
    heard: { value: 'male' },
  });
  await present.assistant.correctTag({ turnId: second, name: 'gender', value: null }, never);
  await present.speak();
  expect((await turnsOf())[2]?.tags).toEqual([heard('gender', 'male')]);
});

test('a measured label is corrected again only where about as much is measured', async () => {
  const loud = (amount: number) =>
    heard('loudness', 'quiet', { source: 'signal', measure: { amount, unit: 'dBFS' } });
  await begin([loud(-41)]);
  const turnId = await present.speak();
  await present.assistant.correctTag({ turnId, name: 'loudness', value: 'normal' }, never);
  present.engine.script = heardWith([loud(-42)]);
  await present.speak();
  present.engine.script = heardWith([loud(-55)]);
  await present.speak();
  expect((await turnsOf()).map(({ tags }) => tags[0]?.value)).toEqual(['normal', 'normal', 'quiet']);
});

test('a sad voice gets a gentler answer, and the turn says why', async () => {
  await begin([sad]);
  const turnId = await present.speak();
  const [turn] = await turnsOf();
  const tone = {
    effects: [{ effect: 'gentler', because: { name: 'emotion', value: 'sad', source: 'model' } }],
  };
  expect(turn?.tone).toEqual(tone);
  const told = present.turnEvents(turnId).map(({ type }) => type);
  expect(told.indexOf('tone')).toBeLessThan(told.indexOf('text-delta'));
  expect(turn?.reply).not.toContain('!');
  expect(turn?.reply).toMatch(/Take your time\.|I'm here\./);
  expect(present.engine.spoken[0]).toMatchObject({ speakingRate: 0.9 });
  expect(present.engine.spoken[0]!.volume).toBeCloseTo(0.8 * 0.85);
});

test('a feeling that nobody is sure of changes nothing, until the person names it', async () => {
  await begin([unsureFeeling]);
  const turnId = await present.speak();
  expect((await turnsOf())[0]?.tone).toBeUndefined();
  expect(present.engine.spoken[0]).toMatchObject({ speakingRate: 1, volume: 0.8 });
  await present.assistant.correctTag({ turnId, name: 'emotion', value: 'sad' }, never);
  await present.speak();
  expect((await turnsOf())[1]?.tone?.effects[0]?.because).toEqual({
    name: 'emotion',
    value: 'sad',
    source: 'person',
  });
});

test('a voice is answered quietly when it is quieter than it usually is, not when the microphone is', async () => {
  const voice = (amount: number) => [
    heard('loudness', 'quiet', { source: 'signal', measure: { amount, unit: 'dBFS' } }),
  ];
  await begin(voice(-42));
  for (let turn = 0; turn < 6; turn += 1) await present.speak();
  expect((await turnsOf()).every(({ tone }) => tone === undefined)).toBe(true);
  present.engine.script = heardWith(voice(-52));
  await present.speak();
  expect((await turnsOf()).at(-1)?.tone?.effects).toMatchObject([{ effect: 'quieter' }]);
  expect(present.engine.spoken.at(-1)!.volume).toBeCloseTo(0.8 * 0.6);
});

test('fast speech is answered with one of the shorter ways to say it', async () => {
  await begin([heard('speed', 'fast', { source: 'signal' })]);
  for (let turn = 0; turn < 4; turn += 1) await present.speak();
  for (const { reply, tone } of await turnsOf()) {
    expect(reply.length).toBeLessThan(22);
    expect(tone?.effects).toMatchObject([{ effect: 'shorter' }]);
  }
});

test('switched off, nothing is asked for, shown, stored or used, and what is there stays', async () => {
  await begin([sad]);
  await present.speak();
  await present.assistant.updateSettings({ hearTags: false }, never);
  const turnId = await present.speak();
  expect(present.engine.replies.at(-1)).toMatchObject({ withoutTags: true });
  const [before, after] = await turnsOf();
  expect(before?.tags).toEqual([sad]);
  expect([after?.tags, after?.tone]).toEqual([[], undefined]);
  expect(present.turnEvents(turnId).some(({ type }) => type === 'tags' || type === 'tone')).toBe(false);
  expect(present.engine.spoken.at(-1)).toMatchObject({ speakingRate: 1, volume: 0.8 });
});

test('tags can be shown without shaping the answers', async () => {
  await begin([sad]);
  await present.assistant.updateSettings({ answerByTone: false }, never);
  await present.speak();
  const [turn] = await turnsOf();
  expect([turn?.tags, turn?.tone]).toEqual([[sad], undefined]);
});

test('a model that words its replies is told how it was said, as data beside the sound', async () => {
  const engine = new ScriptedEngine();
  engine.model = { ...engine.model, wordsReplies: true };
  engine.summary = { tags: [heard('speed', 'fast', { source: 'signal' }), heard('pitch', 'high')] };
  engine.script = () => [
    { type: 'text-delta', text: 'Hello.' },
    { type: 'end', stopReason: 'end-token', timings: {} },
  ];
  present = await stage({}, engine);
  await present.speak();
  const asked = engine.replies.find(({ task }) => task === 'converse')!.messages.at(-1)!;
  expect(asked.content).toHaveLength(2);
  expect(asked.content[1]).toMatchObject({ text: expect.stringContaining('speed: fast]') as string });
});
