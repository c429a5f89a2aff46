import { describe, expect, test } from 'vitest';
import { bestPhonePath } from '../../../engine/recognise/phone-path.ts';
import { acceptance, probability, type Evidence } from '../../../engine/recognise/rejection.ts';
import { speechPieces } from '../../../engine/recognise/speech-pieces.ts';
import { readTagShares, tagsOf } from '../../../engine/recognise/tag-reading.ts';
import { wordConfidences } from '../../../engine/recognise/word-confidence.ts';
import { wordStem } from '../../../engine/recognise/word-stem.ts';

describe('the free phone path', () => {
  test('drops blanks and repetitions, and counts a phone again after a blank', () => {
    const slots = [0, 1, 1, 0, 1, 2, 0];
    const heard = Float32Array.from(
      slots.flatMap((label) => [0, 1, 2].map((other) => Math.log(other === label ? 0.8 : 0.1))),
    );
    const path = bestPhonePath(heard, 3);
    expect(path.phones).toEqual([1, 1, 2]);
    expect(path.score).toBeCloseTo(7 * Math.log(0.8), 4);
    expect(path.clarity).toBeCloseTo(Math.log(0.8), 4);
  });

  test('of silence is empty', () => {
    expect(bestPhonePath(Float32Array.from([-0.1, -3, -0.1, -3]), 2)).toMatchObject({
      phones: [],
      clarity: 0,
    });
  });
});

describe('pieces of a long recording', () => {
  const limits = { sampleRate: 100, longestSeconds: 10, marginSeconds: 0.5 };

  test('a short one is one piece, with its margins and without the silence around', () => {
    expect(speechPieces([{ startSeconds: 2, endSeconds: 4 }], 1000, limits)).toEqual([
      { from: 150, to: 450 },
    ]);
    expect(speechPieces([{ startSeconds: 0.2, endSeconds: 4 }], 420, limits)).toEqual([{ from: 0, to: 420 }]);
  });

  test('a long one is cut in the widest silence of the later half', () => {
    const spans = [
      { startSeconds: 0.5, endSeconds: 6 },
      { startSeconds: 6.4, endSeconds: 8 },
      { startSeconds: 9, endSeconds: 14 },
    ];
    expect(speechPieces(spans, 1500, limits)).toEqual([
      { from: 0, to: 850 },
      { from: 850, to: 1450 },
    ]);
  });

  test('speech without a pause is cut by force, and the pieces cover all of it', () => {
    const pieces = speechPieces([{ startSeconds: 0, endSeconds: 180 }], 18_000, limits);
    expect(pieces[0]?.from).toBe(0);
    expect(pieces.at(-1)?.to).toBe(18_000);
    for (const [index, piece] of pieces.entries()) {
      expect(piece.to - piece.from).toBeLessThanOrEqual(1000);
      if (index > 0) expect(piece.from).toBe(pieces[index - 1]?.to);
    }
  });

  test('without speech there is none', () => {
    expect(speechPieces([], 1000, limits)).toEqual([]);
  });
});

describe('tags', () => {
  const groups = [
    { name: 'gender', values: ['female', 'male'] },
    { name: 'content', values: ['speech', 'noise'] },
  ];

  test('each group of logits has its own shares', () => {
    const shares = readTagShares(Float32Array.of(2, 0, 0, 3), groups);
    expect(shares.get('gender')?.female).toBeCloseTo(1 / (1 + Math.exp(-2)));
    expect(shares.get('content')?.noise).toBeCloseTo(1 / (1 + Math.exp(-3)));
  });

  test('what is not likely enough is unsure, and what is no tag is not told', () => {
    const shares = readTagShares(Float32Array.of(0.2, 0, 5, 0), groups);
    expect(tagsOf(shares, { gender: 0.7 })).toMatchObject([
      { name: 'gender', value: 'unsure', source: 'model' },
    ]);
    expect(tagsOf(shares, { gender: 0.5 })).toMatchObject([{ name: 'gender', value: 'female' }]);
  });
});

describe('word confidences', () => {
  test('are the share of the rivals that agree on a word in its place', () => {
    const rivals = [
      { words: ['set', 'a', 'timer'], score: 0 },
      { words: ['set', 'timer'], score: Math.log(0.5) },
      { words: ['met', 'a', 'timer'], score: Math.log(0.5) },
    ];
    expect(wordConfidences(rivals, 1)).toEqual([0.75, 0.75, 1].map((value) => expect.closeTo(value, 6)));
  });

  test('a sentence without rivals is certain, and none has none', () => {
    expect(wordConfidences([{ words: ['stop'], score: -3 }], 1)).toEqual([1]);
    expect(wordConfidences([], 1)).toEqual([]);
  });
});

test('acceptance is the bias and the weighted evidence', () => {
  const evidence = { phoneGap: 2, margin: 1 } as Evidence;
  expect(acceptance(evidence, { bias: 1, weights: { phoneGap: -1.5, margin: 0.5 } })).toBeCloseTo(-1.5);
  expect(probability(0)).toBe(0.5);
});

test.each([
  ['wake', 'waking'],
  ['light', 'lights'],
  ['stop', 'stopped'],
  ['remind', 'reminder'],
])('%s and %s have one stem', (a, b) => {
  expect(wordStem(a)).toBe(wordStem(b));
});
