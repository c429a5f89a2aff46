import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SentenceSplitter, splitIntoSentences } from '../../../assistant/turns/sentences.ts';

test('a reply is cut where a speaker would breathe', () => {
  expect(splitIntoSentences('It is half past three in Tokyo. Shall I say more? Just ask!')).toEqual([
    'It is half past three in Tokyo. ',
    'Shall I say more? ',
    'Just ask!',
  ]);
  expect(splitIntoSentences('Okay. Milk, bread, butter and cheese, then apples.')).toEqual([
    'Okay. Milk, bread, butter and cheese, then apples.',
  ]);
  expect(splitIntoSentences('现在东京是下午三点半，天气很好，适合出门。要我再说一点吗？')).toEqual([
    '现在东京是下午三点半，天气很好，适合出门。',
    '要我再说一点吗？',
  ]);
});

test('numbers, abbreviations and times are not cut', () => {
  expect(splitIntoSentences('Pi is roughly 3.14159, they say.')).toEqual([
    'Pi is roughly 3.14159, they say.',
  ]);
  expect(splitIntoSentences('The alarm rings at 7 a.m. tomorrow.')).toEqual([
    'The alarm rings at 7 a.m. tomorrow.',
  ]);
  expect(splitIntoSentences('It was Dr. Smith who called.')).toEqual(['It was Dr. Smith who called.']);
});

test('nothing is lost or changed, however the text arrives', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z0-9 .,!?\n。，]{0,12}$/)), (pieces) => {
      const splitter = new SentenceSplitter();
      const sentences = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.finish()];
      const whole = pieces.join('');
      expect(sentences.join('').trimEnd()).toBe(whole.trimEnd());
    }),
  );
});
