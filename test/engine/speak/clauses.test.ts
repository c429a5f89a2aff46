import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitClauses } from '../../../engine/speak/clauses.ts';

const pieces = (text: string) => splitClauses(text).map((clause) => clause.text);

test.each([
  ['Dr. Smith lives at 3.5 St. James Road. Really?', ['Dr. Smith lives at 3.5 St. James Road. ', 'Really?']],
  ['It is 10 a.m. in Rome.', ['It is 10 a.m. in Rome.']],
  ['It is 10 a.m. The sun shines.', ['It is 10 a.m. ', 'The sun shines.']],
  ['1. Open it.\n2. Close it.', ['1. Open it.\n', '2. Close it.']],
  ['No. I will not!', ['No. ', 'I will not!']],
  ['She said "go." Then he went.', ['She said "go." ', 'Then he went.']],
  ['Yes, it is raining.', ['Yes, it is raining.']],
  ['It is ten thirty in Tokyo, and it rains there.', ['It is ten thirty in Tokyo, ', 'and it rains there.']],
  ['About 1,000,000 people and more', ['About 1,000,000 people and more']],
  ['你好，我是您的语音助手。今天天气很好！', ['你好，我是您的语音助手。', '今天天气很好！']],
  ['Wait... what?', ['Wait... ', 'what?']],
  ['', []],
])('"%s" is cut where a reader would pause', (text, expected) => {
  expect(pieces(text)).toEqual(expected);
});

test('a long sentence without a comma is cut before a joining word', () => {
  const text =
    'The brown fox jumps over the lazy dog in the garden and then it runs away to the forest because it is afraid';
  expect(pieces(text)[0]).toBe('The brown fox jumps over the lazy dog in the garden ');
  expect(splitClauses(text).map(({ end }) => end)).toEqual(['open', 'sentence']);
});

test('the clauses joined are the text, and none is long', () => {
  const part = fc.constantFrom(
    'word ',
    'and ',
    'Dr. ',
    'x.y ',
    ', ',
    '. ',
    '! ',
    '\n',
    '你好',
    '，',
    '。',
    '3.5 ',
    '"',
    ' ',
  );
  const text = fc.oneof(
    fc.array(part, { maxLength: 120 }).map((parts) => parts.join('')),
    fc.string({ unit: 'grapheme', maxLength: 200 }),
  );
  fc.assert(
    fc.property(text, (whole) => {
      const clauses = splitClauses(whole);
      expect(clauses.map((clause) => clause.text).join('')).toBe(whole);
      for (const clause of clauses) expect(clause.text.trim().split(/\s+/).length).toBeLessThanOrEqual(22);
    }),
    { numRuns: 500 },
  );
});

test('a word without end is cut as well', () => {
  expect(Math.max(...pieces('x'.repeat(1000)).map((piece) => piece.length))).toBeLessThanOrEqual(100);
});
