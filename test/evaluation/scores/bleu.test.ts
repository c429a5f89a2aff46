import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bleuTokens } from '../../../evaluation/scores/bleu-tokens.ts';
import { bleuOf, corpusBleu, tokenizerFor, type Smoothing } from '../../../evaluation/scores/bleu.ts';

interface SacrebleuCases {
  readonly corpora: readonly {
    readonly hypotheses: readonly string[];
    /** One list for each set of references. */
    readonly references: readonly (readonly string[])[];
    readonly options: {
      readonly tokenize: '13a' | 'zh';
      readonly smooth_method: Smoothing;
      readonly effective_order: boolean;
      readonly lowercase: boolean;
    };
    readonly score: number;
    readonly signature: string;
  }[];
  readonly tokens: readonly { readonly sentence: string; readonly '13a': string; readonly zh: string }[];
}
const sacrebleu = JSON.parse(
  readFileSync(join(import.meta.dirname, 'sacrebleu-cases.json'), 'utf8'),
) as SacrebleuCases;

const dog = {
  said: ['The dog bit the man.', "It wasn't surprising.", 'The man had just bitten him.'],
  references: [
    ['The dog bit the man.', 'It was not unexpected.', 'The man bit him first.'],
    ['The dog had bit the man.', 'No one was surprised.', 'The man had bitten the dog.'],
  ],
};
const corpus = (said: readonly string[], references: readonly (readonly string[])[]) =>
  said.map((hypothesis, index) => ({ hypothesis, references: references.map((one) => one[index]!) }));

describe('BLEU', () => {
  test('is that of sacrebleu’s own README', () => {
    const translations = corpus(dog.said, dog.references);
    expect(corpusBleu(translations, { tokenizer: '13a' }).score).toBeCloseTo(48.530827, 5);
    expect(corpusBleu(translations, { tokenizer: '13a', smoothing: 'none' }).score).toBeCloseTo(48.530827, 5);
    expect(corpusBleu(corpus(['', '', ''], dog.references), { tokenizer: '13a' }).score).toBe(0);
  });

  test.each<[Smoothing, number | undefined, number]>([
    ['exp', undefined, 8.493],
    ['none', undefined, 0],
    ['floor', undefined, 4.51688],
    ['floor', 0.5, 10.1],
    ['add-k', undefined, 14.882],
    ['add-k', 2, 21.389],
  ])('of one sentence, smoothed by %s %s, is that of sacrebleu’s tests', (smoothing, value, score) => {
    const translation = {
      hypothesis: 'Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb;',
      references: ['producţia de zahăr brut se exprimă în zahăr alb;'],
    };
    const options = { tokenizer: '13a', effectiveOrder: true, smoothing } as const;
    const found = corpusBleu([translation], { ...options, ...(value ? { smoothingValue: value } : {}) });
    expect(Math.abs(found.score - score)).toBeLessThan(1e-3);
  });

  test('is computed from counts as sacrebleu’s tests do', () => {
    const lengths = { hypothesisLength: 11, referenceLength: 11 };
    expect(bleuOf([9, 7, 5, 3], [10, 8, 6, 4], lengths, { smoothing: 'none' }).score).toBeCloseTo(
      83.75922397,
      6,
    );
    const empty = { hypothesisLength: 0, referenceLength: 1 };
    expect(bleuOf([0, 0, 0, 0], [4, 4, 2, 1], empty, { smoothing: 'floor' }).score).toBe(0);
  });

  test('and its signature are those of sacrebleu 2.6.0 on random corpora', () => {
    for (const { hypotheses, references, options, score, signature } of sacrebleu.corpora) {
      const { tokenize: tokenizer, smooth_method: smoothing, effective_order, lowercase } = options;
      const found = corpusBleu(corpus(hypotheses, references), {
        tokenizer,
        smoothing,
        effectiveOrder: effective_order,
        lowercase,
      });
      expect(found.score).toBeCloseTo(score, 7);
      expect(found.signature).toBe(signature);
    }
  });

  test('cuts sentences as sacrebleu 2.6.0 does', () => {
    for (const one of sacrebleu.tokens) {
      expect(bleuTokens(one.sentence, '13a').join(' ')).toBe(one['13a']);
      expect(bleuTokens(one.sentence, 'zh').join(' ')).toBe(one.zh);
    }
  });

  test('takes Chinese apart by characters and nothing else', () => {
    expect(tokenizerFor('zh-CN')).toBe('zh');
    expect(tokenizerFor('en')).toBe('13a');
    expect(bleuTokens('我在Sotto里，用3.5版。', 'zh')).toEqual('我 在 Sotto 里 ， 用 3.5 版 。'.split(' '));
  });

  test('lies between 0 and 100, and is 100 for what is said word for word', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c', '我', '.', '3,5'), { minLength: 4, maxLength: 12 });
    fc.assert(
      fc.property(words, words, fc.constantFrom('13a' as const, 'zh' as const), (one, other, tokenizer) => {
        const translation = { hypothesis: one.join(' '), references: [other.join(' ')] };
        const { score } = corpusBleu([translation], { tokenizer });
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(100 + 1e-9);
        const same = { hypothesis: one.join(' '), references: [one.join(' ')] };
        expect(corpusBleu([same], { tokenizer }).score).toBeCloseTo(100, 6);
      }),
      { numRuns: 100 },
    );
  });
});
