import fc from 'fast-check';
import { expect, test } from 'vitest';
import { speechSpans, totalSeconds } from '../../../engine/listen/speech-spans.ts';

const frames = (...parts: [probability: number, count: number][]) =>
  parts.flatMap(([probability, count]) => new Array<number>(count).fill(probability));

test('speech starts at one half and lasts until it falls below the release', () => {
  expect(speechSpans(frames([0.4, 10], [0.6, 5], [0.4, 5], [0.1, 20]))).toEqual([
    { startSeconds: 0.32, endSeconds: 0.64 },
  ]);
});

test('a pause inside a sentence is bridged and a longer one is not', () => {
  expect(speechSpans(frames([1, 10], [0, 9], [1, 10]))).toHaveLength(1);
  expect(speechSpans(frames([1, 10], [0, 12], [1, 10]))).toHaveLength(2);
});

test('clicks are not speech, however many', () => {
  expect(speechSpans(frames([0, 5], [1, 1], [0, 8], [1, 1], [0, 50]))).toEqual([]);
});

test('spans are in order, apart, and within the stream', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 300 }), (probabilities) => {
      const spans = speechSpans(probabilities);
      const edges = spans.flatMap((span) => [span.startSeconds, span.endSeconds]);
      expect(edges).toEqual([...edges].sort((a, b) => a - b));
      expect(totalSeconds(spans)).toBeLessThanOrEqual(probabilities.length * 0.032 + 1e-9);
    }),
  );
});
