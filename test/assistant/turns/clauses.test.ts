import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ClauseSplitter, splitIntoClauses } from '../../../assistant/turns/clauses.ts';

test('a reply is cut where a speaker would breathe', () => {
  expect(splitIntoClauses('It is half past three in Tokyo. Shall I say more? Just ask!')).toEqual([
    'It is half past three in Tokyo. ',
    'Shall I say more? ',
    'Just ask!',
  ]);
  expect(splitIntoClauses('Milk, bread, butter and cheese, then apples.')).toEqual([
    'Milk, bread, ',
    'butter and cheese, ',
    'then apples.',
  ]);
  expect(splitIntoClauses('现在东京是下午三点半，天气很好，适合出门。要我再说一点吗？')).toEqual([
    '现在东京是下午三点半，天气很好，适合出门。',
    '要我再说一点吗？',
  ]);
});

test('numbers, abbreviations and times are not cut', () => {
  expect(splitIntoClauses('Pi is roughly 3.14159, they say.')).toEqual([
    'Pi is roughly 3.14159, ',
    'they say.',
  ]);
  expect(splitIntoClauses('The alarm rings at 7 a.m. tomorrow.')).toEqual([
    'The alarm rings at 7 a.m. tomorrow.',
  ]);
  expect(splitIntoClauses('It was Dr. Smith who called.')).toEqual(['It was Dr. Smith who called.']);
});

test('nothing is lost or changed, however the text arrives', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z0-9 .,!?\n。，]{0,12}$/)), (pieces) => {
      const splitter = new ClauseSplitter();
      const clauses = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.finish()];
      const whole = pieces.join('');
      expect(clauses.join('').trimEnd()).toBe(whole.trimEnd());
    }),
  );
});
