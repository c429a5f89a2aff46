import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../contract/user-errors.ts';
import { sentenceScore } from '../../../engine/recognise/language-model.ts';
import { readNgramFile } from '../../../engine/recognise/ngram-file.ts';
import { smallLanguage } from './small-language.ts';

const model = smallLanguage(['set a timer', 'set a timer now', 'set an alarm', 'play a song']);
const words = model.words.slice(2);

describe('the back-off model', () => {
  test('prefers what it was counted from', () => {
    expect(sentenceScore(model, ['set', 'a', 'timer'])).toBeGreaterThan(
      sentenceScore(model, ['set', 'timer', 'a']),
    );
    expect(sentenceScore(model, ['dance'])).toBe(-Infinity);
  });

  test('after any words the probabilities of all continuations sum to at most about one', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 5 }), (said) => {
        let state = model.startState;
        for (const word of said) state = model.next(state, model.idOf(word));
        const total = model.words
          .slice(1)
          .reduce((sum, word) => sum + Math.exp(model.score(state, model.idOf(word))), 0);
        expect(total).toBeGreaterThan(0.5);
        expect(total).toBeLessThan(1.3);
      }),
    );
  });

  test('known continuations score as they are listed', () => {
    const state = model.next(model.startState, model.idOf('set'));
    const listed: string[] = [];
    model.successors(state, (word, log) => {
      listed.push(model.words[word] as string);
      expect(model.score(state, word)).toBe(log);
    });
    expect(listed.sort()).toEqual(['a', 'an']);
  });
});

describe('the model file', () => {
  test('a file that is none, or ends early, is damaged', () => {
    expect(() => readNgramFile(new TextEncoder().encode('RIFF\n'), 'x.bin')).toThrow(UserError);
    const header = {
      format: 'sotto-ngram',
      version: 1,
      order: 1,
      step: 1,
      backOffBias: 0,
      start: 0,
      end: 1,
      arrays: [{ name: 'logProbability1', type: 'uint8', offset: 0, length: 99 }],
      words: ['<s>', '</s>'],
    };
    const bytes = new TextEncoder().encode(`${JSON.stringify(header)}\nab`);
    expect(() => readNgramFile(bytes, 'x.bin')).toThrow(UserError);
  });
});
