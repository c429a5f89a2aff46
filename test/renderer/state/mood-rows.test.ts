import { expect, test } from 'vitest';
import type { Tag, TagName } from '../../../contract/tags.ts';
import { moodRows } from '../../../renderer/state/mood-rows.ts';

const heard = (name: TagName, value: string, amount?: number): Tag => ({
  name,
  value,
  confidence: 0.9,
  source: 'signal',
  ...(amount === undefined ? {} : { measure: { amount, unit: '' } }),
});
let next = 0;
const turn = (...tags: Tag[]) => ({ id: `t${++next}`, tags });
const heights = (name: TagName, turns: Parameters<typeof moodRows>[0]) =>
  moodRows(turns)
    .find((row) => row.name === name)
    ?.points.map(({ height }) => height);

test('one turn is no picture, and typed turns do not count', () => {
  expect(moodRows([turn(heard('emotion', 'sad')), turn(), turn()])).toEqual([]);
});

test('a row that nobody was ever sure of is left out, and a gap stays a gap', () => {
  const turns = [turn(heard('emotion', 'unsure'), heard('speed', 'slow', 2)), turn(heard('speed', 'unsure'))];
  expect(moodRows(turns).map(({ name }) => name)).toEqual(['speed']);
  expect(moodRows(turns)[0]?.points.map(({ value }) => value)).toEqual(['slow', undefined]);
});

test('bright feelings stand above dark ones, and one that is not known in the middle', () => {
  const turns = ['sad', 'neutral', 'wistful', 'happy'].map((value) => turn(heard('emotion', value)));
  const [sad, neutral, wistful, happy] = heights('emotion', turns)!;
  expect(sad!).toBeLessThan(neutral!);
  expect(neutral!).toBeLessThan(happy!);
  expect(wistful).toBe(0.5);
});

test('a steady voice is drawn steady, and no point leaves its row', () => {
  const steady = heights(
    'loudness',
    [-30, -30.5, -29.8].map((amount) => turn(heard('loudness', 'normal', amount))),
  )!;
  expect(Math.max(...(steady as number[])) - Math.min(...(steady as number[]))).toBeLessThan(0.1);
  const wild = heights(
    'loudness',
    [-70, -10].map((amount) => turn(heard('loudness', 'normal', amount))),
  ) as number[];
  expect(Math.min(...wild)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...wild)).toBeLessThanOrEqual(1);
});
