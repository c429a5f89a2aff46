import { expect, test } from 'vitest';
import { matchPhrase } from '../../../../assistant/tools/mcp/match-phrase.ts';
import { phraseShape, readPhrase, spokenArguments } from '../../../../assistant/tools/mcp/tool-phrase.ts';

const oven = {
  type: 'object',
  properties: {
    temperature: { type: 'number' },
    minutes: { type: ['integer', 'null'] },
    dish: { type: 'string' },
    options: { type: 'object' },
  },
  required: ['temperature'],
};
const library = { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] };
const said = (phrase: string, sentence: string, schema: Record<string, unknown> = oven) =>
  matchPhrase(readPhrase(phrase, schema), sentence);

test('numbers said as words become numbers, and politeness does not matter', () => {
  const phrase = 'Turn on the oven to {temperature}';
  for (const sentence of [
    'turn on the oven to two hundred and twenty',
    'please turn on the oven to two hundred twenty please',
    'Hey Sotto, could you please turn on the oven to 220, thank you!',
    'turn on the oven to 220.',
  ])
    expect(said(phrase, sentence), sentence).toEqual({ temperature: 220 });
  expect(said(phrase, 'turn on the oven to minus three point five')).toEqual({ temperature: -3.5 });
  expect(said(phrase, 'turn on the oven to -3.5')).toEqual({ temperature: -3.5 });
});

test('every word outside the places counts, and a number must be one', () => {
  const phrase = 'turn on the oven to {temperature}';
  for (const sentence of [
    'turn on the oven to hot',
    'turn on the oven to',
    'turn off the oven to twenty',
    'never turn on the oven to twenty',
    'turn on the oven to twenty or so',
    '',
  ])
    expect(said(phrase, sentence), sentence).toBeUndefined();
  const baking = 'bake {dish} for {minutes} minutes at {temperature} degrees';
  expect(said(baking, 'bake the apple pie for forty five minutes at one hundred eighty degrees')).toEqual({
    dish: 'the apple pie',
    minutes: 45,
    temperature: 180,
  });
  expect(said(baking, 'bake it for one point five minutes at eighty degrees')).toBeUndefined();
});

test('one article may be heard for another, and no other word', () => {
  expect(said('join {dish} on the server', 'join chess on a server', { ...oven, required: [] })).toEqual({
    dish: 'chess',
  });
  expect(
    said('join {dish} on the server', 'join chess on that server', { ...oven, required: [] }),
  ).toBeUndefined();
  const shape = (phrase: string) => phraseShape(readPhrase(phrase, { type: 'object' }));
  expect(shape('open a door')).toBe(shape('open the door'));
});

test('words are given as they were said or typed, without what is merely polite', () => {
  const phrase = 'ask the library {query}';
  expect(said(phrase, 'Ask the library "Moby-Dick, or The Whale"?', library)).toEqual({
    query: 'Moby-Dick, or The Whale',
  });
  expect(said(phrase, 'ask the library opening hours please', library)).toEqual({ query: 'opening hours' });
  expect(said(phrase, 'ask the library please', library)).toEqual({ query: 'please' });
  expect(said('问 {query}', '问 鹅', library)).toEqual({ query: '鹅' });
});

test('only tools that words and numbers can call have phrases', () => {
  expect(spokenArguments(oven)?.map(({ name }) => name)).toEqual(['temperature', 'minutes', 'dish']);
  expect(spokenArguments({ type: 'object' })).toEqual([]);
  expect(spokenArguments({ ...oven, required: ['options'] })).toBeUndefined();
  expect(readPhrase('what is on', { type: 'object' })).toEqual(['what', 'is', 'on']);
});

test.each([
  ['the oven', 'missing-place', 'temperature'],
  ['{temperature}', 'no-words', ''],
  ['heat {temperature} {dish}', 'no-words-between', 'dish'],
  ['heat to {temperature} not {temperature}', 'twice', 'temperature'],
  ['heat {heat}', 'unknown-place', 'heat'],
  ['heat {options} to {temperature}', 'unknown-place', 'options'],
  ['heat {temperature', 'braces', ''],
  [`heat ${'very '.repeat(20)} {temperature}`, 'too-long', ''],
])('"%s" is refused: %s', (phrase, reason, name) => {
  expect(() => readPhrase(phrase, oven)).toThrow(
    expect.objectContaining({ code: 'tool-phrase', details: { phrase, reason, name } }),
  );
});
