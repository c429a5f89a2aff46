import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clipId } from '../../../assistant/voices/clips/clip-rows.ts';
import { nearestLightVoice } from '../../../assistant/voices/nearest-light-voice.ts';
import { recordedOn } from '../../../assistant/voices/recorded-on.ts';
import { hiddenMark, VoiceMark } from '../../../engine/speak/voice-mark.ts';
import { never, stage, type Stage } from '../running-assistant.ts';
import { buzz, writeBuzz } from './spoken-sounds.ts';

let here: Stage;
beforeEach(async () => {
  here = await stage();
});
afterEach(() => here.close());

test('a recording is kept, chosen like a voice, and spoken with the nearest light voice', async () => {
  const { assistant } = here;
  const samples = buzz(108, 6) as Float32Array<ArrayBuffer>;
  const kept = await assistant.keepRecording(
    { samples, sampleRate: 16_000, name: 'Grandpa', consent: true },
    never,
  );
  expect(kept).toMatchObject({ name: 'Grandpa', recordedHere: true });
  await assistant.selectVoice({ voiceId: kept.id }, never);
  expect((await assistant.getState({}, never)).voice).toMatchObject({ id: kept.id, name: 'Grandpa' });
  for await (const _ of here.running.say({ text: 'Hello.' }, never));
  let heard = 0;
  for await (const piece of assistant.previewVoice({ voiceId: kept.id }, never))
    heard += piece.samples.length;
  expect(heard).toBe(samples.length);
});

test('files are imported through the contract only with the word that they may be used', async () => {
  writeBuzz(join(here.folder, 'set', 'a.wav'), 120);
  const path = join(here.folder, 'set');
  const told = [];
  for await (const progress of here.assistant.importClips({ path, consent: true }, never))
    told.push(progress);
  expect(told.at(-1)).toMatchObject({ type: 'end', added: 1 });
  const refused = here.assistant.importClips({ path, consent: false as unknown as true }, never);
  await expect(refused[Symbol.asyncIterator]().next()).rejects.toThrow('consent-refused');
  const [batch] = await here.assistant.listImports({}, never);
  await here.assistant.undoImport({ batchId: batch!.id }, never);
  expect((await here.assistant.findClips({}, never)).total).toBe(0);
});

test('"the voice I recorded yesterday" means one day of the person', () => {
  const now = Date.UTC(2026, 10, 21, 12);
  const day = 24 * 60 * 60 * 1000;
  const yesterday = recordedOn('the voice I recorded yesterday', now, 'Europe/Berlin')!;
  expect(yesterday(now - day)).toBe(true);
  expect(yesterday(now)).toBe(false);
  expect(recordedOn('my voice', now, 'UTC')!(0)).toBe(true);
  expect(recordedOn('我昨天录的声音', now, 'UTC')!(now - day)).toBe(true);
  expect(recordedOn('a deep voice', now, 'UTC')).toBeUndefined();
});

test('the light voice that stands in for a recording has its gender, pitch, age and pace', () => {
  const plain = { gender: 'male', age: '', style: '', syllablesPerSecond: 7, pitchHz: 105 } as const;
  expect(nearestLightVoice(plain).voiceId).toBe('flite-rms');
  expect(nearestLightVoice({ ...plain, pitchHz: 70 }).voiceId).toBe('flite-deep');
  expect(
    nearestLightVoice({ ...plain, gender: 'female', age: '75', pitchHz: 160, syllablesPerSecond: 4 }),
  ).toMatchObject({
    voiceId: 'flite-elder',
    rateFactor: 0.9,
  });
  expect(Math.abs(nearestLightVoice({ ...plain, pitchHz: 400 }).pitchSemitones)).toBeLessThanOrEqual(4);
});

test('the hidden mark is found in marked speech, also quieter and cut, and not in other speech', () => {
  const speech = buzz(150, 5);
  expect(hiddenMark(speech).found).toBe(false);
  const marked = new VoiceMark(16_000).hide(speech);
  expect(hiddenMark(marked).found).toBe(true);
  expect(hiddenMark(marked.map((sample) => sample * 0.3).subarray(7777)).found).toBe(true);
  expect(Math.max(...marked.map((sample, at) => Math.abs(sample - speech[at]!)))).toBeLessThan(0.02);
  expect(new VoiceMark(16_000).announce(speech).length).toBe(speech.length + 2400);
});

test('the same sound has the same id', () => {
  expect(clipId('ab'.repeat(32))).toBe(`clip-${'ab'.repeat(12)}`);
});
