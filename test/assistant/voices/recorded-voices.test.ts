import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { RecordedVoices } from '../../../assistant/voices/recorded-voices.ts';
import { writeWav } from '../../../engine/listen/wav-file.ts';
import { ScriptedEngine, scriptedModel } from '../scripted-engine.ts';
import { never, stage, type Stage } from '../running-assistant.ts';

let here: Stage;
let engine: ScriptedEngine;
let file: string;

beforeEach(async () => {
  engine = new ScriptedEngine();
  engine.model = { ...scriptedModel, wordsReplies: true, speaks: 'token2wav' };
  engine.script = () => [{ type: 'end', stopReason: 'end-token', timings: {} }];
  here = await stage({}, engine);
  mkdirSync(join(here.folder, 'incoming'));
  file = join(here.folder, 'incoming', 'me.wav');
  writeFileSync(file, writeWav(new Float32Array(32_000).fill(0.1), 16_000));
});
afterEach(() => here.close());

const recorded = () => new RecordedVoices(join(here.folder, 'voices'));

test('a recording becomes a voice that models take on by its file', async () => {
  const voiceId = await recorded().add(file, 'Aunt May');
  expect(voiceId).toBe('recording-aunt-may');
  const voices = await here.assistant.listVoices({}, never);
  expect(voices.find(({ id }) => id === voiceId)).toMatchObject({
    name: 'Aunt May',
    maker: 'token2wav',
    builtIn: false,
  });
  await here.assistant.selectVoice({ voiceId }, never);
  await here.assistant.sendText({ text: 'hello' }, never);
  expect(engine.replies[0]).toMatchObject({
    voiceId,
    recording: join(here.folder, 'voices', 'Aunt May.wav'),
  });
});

test('it is played as it is, and lends the light voice its place where a model has none', async () => {
  const voiceId = await recorded().add(file);
  const pieces = await Array.fromAsync(here.assistant.previewVoice({ voiceId }, never));
  expect(pieces.map(({ samples }) => samples.length)).toEqual([16_000, 16_000]);
  engine.model = { ...scriptedModel, wordsReplies: true, speaks: 'light-voice' };
  await here.assistant.unloadModel({}, never);
  await here.assistant.listVoices({}, never);
  await here.assistant.selectVoice({ voiceId }, never);
  engine.script = () => [
    { type: 'text-delta', text: 'Hello there.' },
    { type: 'end', stopReason: 'end-token', timings: {} },
  ];
  await here.assistant.sendText({ text: 'hello' }, never);
  expect(engine.spoken[0]).toMatchObject({ voiceId: 'flite-slt' });
});

test('a recording that is gone is no voice any more', async () => {
  writeFileSync(file, writeWav(new Float32Array(8000), 16_000));
  await expect(recorded().add(file)).rejects.toMatchObject({ code: 'audio-too-short' });
  expect(recorded().spoken({ voiceId: 'recording-gone' })).toEqual({ voiceId: 'flite-slt' });
});
