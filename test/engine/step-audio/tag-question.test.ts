import { expect, test } from 'vitest';
import { tag, type Tag } from '../../../contract/tags.ts';
import { answeredTags, joinTags, TAG_QUESTION } from '../../../engine/step-audio/tag-question.ts';

const valuesOf = (tags: readonly Tag[]) => Object.fromEntries(tags.map(({ name, value }) => [name, value]));

test('the question names every value that an answer may have', () => {
  expect(TAG_QUESTION).toContain('emotion: happy, neutral, sad, angry, fearful, surprised, tired, unsure');
  expect(TAG_QUESTION).toContain(
    'scene: quiet room, noisy place, among people, indoors, outdoors, vehicle, unsure',
  );
});

test('an answer in its words is read, however it is set', () => {
  const answer =
    'Emotion: happy\n- **Age**: adult\ngender：female。\nstyle: Whisper.\nspeed: fast\r\nscene: quiet room';
  const tags = answeredTags(answer, 0.8);
  expect(valuesOf(tags)).toEqual({
    emotion: 'happy',
    age: 'adult',
    gender: 'female',
    style: 'whisper',
    speed: 'fast',
    background: 'unsure',
    scene: 'quiet room',
  });
  expect(tags.map(({ confidence }) => confidence)).toEqual([0.8, 0.8, 0.8, 0.8, 0.8, 0, 0.8]);
  for (const one of tags) expect(tag.safeParse(one).success).toBe(true);
});

test.each([
  ['', 'nothing'],
  ['The person sounds happy.', 'a sentence'],
  ['emotion: happy or sad', 'two words'],
  ['emotion: joyful', 'a word of its own'],
  ['emotion: happy\nemotion: sad', 'a contradiction'],
  ['mood: happy', 'another name'],
  ['emotion: female', 'a word of another line'],
])('%j is unsure: %s', (answer) => {
  expect(answeredTags(answer, 1)[0]).toEqual({
    name: 'emotion',
    value: 'unsure',
    confidence: 0,
    source: 'model',
  });
});

test('what is certain stands before what is not, and the model before the measurement', () => {
  const measured: Tag[] = [
    { name: 'pitch', value: 'high', confidence: 0.9, source: 'signal' },
    { name: 'background', value: 'noisy', confidence: 0.6, source: 'signal' },
    { name: 'scene', value: 'unsure', confidence: 0, source: 'signal' },
    { name: 'speed', value: 'slow', confidence: 0.6, source: 'signal' },
  ];
  const joined = joinTags(answeredTags('speed: fast\nscene: outdoors', 0.7), measured);
  expect(joined.map(({ name }) => name)).toEqual([
    'emotion',
    'style',
    'gender',
    'age',
    'speed',
    'pitch',
    'background',
    'scene',
  ]);
  expect(valuesOf(joined)).toMatchObject({
    speed: 'fast',
    pitch: 'high',
    background: 'noisy',
    scene: 'outdoors',
  });
});
