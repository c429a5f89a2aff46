import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesBetween } from '../../../evaluation/scores/edit-distance.ts';
import { errorRate } from '../../../evaluation/scores/error-rate.ts';
import { resampledInterval, shareInterval } from '../../../evaluation/scores/interval.ts';

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');
const total = (reference: string[], hypothesis: string[]): number => {
  const { substitutions, deletions, insertions } = changesBetween(reference, hypothesis);
  return substitutions + deletions + insertions;
};

describe('error rates', () => {
  test('count changed, missing and added words', () => {
    expect(changesBetween(words('the cat sat on the mat'), words('the bat sat on mat today'))).toEqual({
      substitutions: 3,
      deletions: 0,
      insertions: 0,
    });
    expect(changesBetween(words('a b c'), [])).toEqual({ substitutions: 0, deletions: 3, insertions: 0 });
    expect(changesBetween([], words('a b'))).toEqual({ substitutions: 0, deletions: 0, insertions: 2 });
    expect(changesBetween([...'kitten'], [...'sitting'])).toEqual({
      substitutions: 2,
      deletions: 0,
      insertions: 1,
    });
  });

  test('are all errors by all words, not the mean of the sentences', () => {
    const rate = errorRate(
      [
        { reference: words('one'), hypothesis: words('two') },
        { reference: words('a b c d e f g h i'), hypothesis: words('a b c d e f g h i') },
      ],
      'word',
    );
    expect(rate.rate).toBeCloseTo(0.1, 12);
    expect(rate).toMatchObject({ referenceUnits: 10, utterances: 2, perfect: 1 });
    expect(rate.interval[0]).toBeLessThanOrEqual(0.1);
    expect(rate.interval[1]).toBeGreaterThanOrEqual(0.1);
  });

  test('may exceed one, and are whole with nothing to compare', () => {
    expect(errorRate([{ reference: ['a'], hypothesis: words('b c d') }], 'word').rate).toBe(3);
    expect(errorRate([], 'word').rate).toBe(0);
  });

  test('obey the laws of a distance', () => {
    const sentence = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 8 });
    fc.assert(
      fc.property(sentence, sentence, sentence, (a, b, c) => {
        expect(total(a, a)).toBe(0);
        expect(total(a, b)).toBe(total(b, a));
        expect(total(a, c)).toBeLessThanOrEqual(total(a, b) + total(b, c));
        const { deletions, insertions } = changesBetween(a, b);
        expect(a.length - deletions + insertions).toBe(b.length);
      }),
      { numRuns: 200 },
    );
  });

  test('have intervals that are the same each time and hold the figure', () => {
    const parts = Array.from({ length: 50 }, (_, index): [number, number] => [index % 3, 5]);
    expect(resampledInterval(parts)).toEqual(resampledInterval(parts));
    const [low, high] = shareInterval(45, 50);
    // Wilson's interval of 45 in 50, as statistics textbooks tabulate it.
    expect(low).toBeCloseTo(0.786, 3);
    expect(high).toBeCloseTo(0.957, 3);
    expect(shareInterval(0, 0)).toEqual([0, 1]);
  });
});
