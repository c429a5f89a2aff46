import { beforeEach, expect, test } from 'vitest';
import { AssistantDatabase } from '../../../assistant/database/assistant-database.ts';
import { VoiceLibrary } from '../../../assistant/voices/voice-library.ts';

let library: VoiceLibrary;
beforeEach(() => {
  library = new VoiceLibrary(new AssistantDatabase(':memory:', () => 0));
});
const found = (query: string) => library.list(query).map((voice) => voice.id);

test('the built-in voices are there before the engine has said anything', () => {
  expect(library.list().map((voice) => voice.name)).toEqual([
    'Stella',
    'Rowan',
    'Angus',
    'Kai',
    'Juniper',
    'Willa',
    'Otto',
    'Edna',
    'Sage',
  ]);
  for (const { id, name } of library.list()) expect(library.sampleSentence(id)).toContain(name);
});

test('voices are found by words that mean what their description says', () => {
  expect(found('a young woman')).toEqual(['flite-bright']);
  expect(found('a man with a deep voice').sort()).toEqual(['flite-deep', 'flite-rms']);
  expect(found('old lady')).toEqual(['flite-elder']);
  expect(found('scottish man')).toEqual(['flite-awb']);
  expect(found('robot')).toEqual(['flite-kal']);
  expect(found('女').every((id) => library.get(id)?.gender !== 'male')).toBe(true);
  expect(found('Jun')).toEqual(['flite-bright']);
});

test('a search says what it matched, and half a match is better than none', () => {
  expect(library.list('deep man')[0]?.matched).toBe('matched: deep, male');
  const some = library.list('scottish woman');
  expect(some.map((voice) => voice.id)).toContain('flite-awb');
  expect(some[0]?.matched).toMatch(/^matched: (british|female)$/);
  expect(found('xyzzy')).toEqual([]);
  expect(found('the voice')).toEqual([]);
  expect(() => found('" OR * NEAR(')).not.toThrow();
});

test('favourites come first', () => {
  library.setFavourite('flite-kal', true);
  expect(library.list()[0]).toMatchObject({ id: 'flite-kal', favourite: true });
  expect(() => library.setFavourite('nobody', true)).toThrow('voice-missing');
});

test('voices the engine lacks are hidden, and unknown ones of the engine are taken in', () => {
  library.setFavourite('flite-rms', true);
  library.take([
    { id: 'flite-slt', name: 'slt', gender: 'female', description: 'x', language: 'en-US' },
    { id: 'new', name: 'Nova', gender: 'neutral', description: 'A new one.', language: 'en-US' },
  ]);
  expect(library.list().map((voice) => voice.name)).toEqual(['slt', 'Nova']);
  library.take([{ id: 'flite-rms', name: 'rms', gender: 'male', description: 'x', language: 'en-US' }]);
  expect(library.list()).toMatchObject([{ id: 'flite-rms', favourite: true }]);
  expect(library.getOrFirst('gone').id).toBe('flite-rms');
});
