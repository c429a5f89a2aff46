import { expect, test } from 'vitest';
import { formatBytes, formatCountdown } from '../../../renderer/words/format.ts';

test('a countdown shows hours only when there are some', () => {
  expect(formatCountdown(83_000)).toBe('1:23');
  expect(formatCountdown(3_723_000)).toBe('1:02:03');
  expect(formatCountdown(-5)).toBe('0:00');
});

test('a countdown reaches zero only when the time is up', () => {
  expect(formatCountdown(1)).toBe('0:01');
});

test('sizes are given in the unit that fits', () => {
  expect(formatBytes(23_400_000, 'en')).toBe('23 MB');
  expect(formatBytes(6_120_000_000, 'en')).toBe('6.1 GB');
  expect(formatBytes(0, 'en')).toBe('0 byte');
});
