import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { besides } from '../../../engine/remote/besides.ts';

const never = new AbortController().signal;

async function* numbers(everyMs: number, signal: AbortSignal): AsyncGenerator<number | string> {
  for (let number = 0; number < 4; number += 1) {
    yield number;
    await sleep(everyMs, undefined, { signal });
  }
}

test('one more item comes in between as soon as it is there', async () => {
  const more = sleep(25, 'more');
  const all = await Array.fromAsync(besides((signal) => numbers(10, signal), more, never));
  expect(all.filter((item) => item !== 'more')).toEqual([0, 1, 2, 3]);
  expect(all.indexOf('more')).toBeGreaterThan(0);
});

test('an item that comes too late, or not at all, is left out', async () => {
  const late = sleep(200, 'more');
  expect(await Array.fromAsync(besides((signal) => numbers(1, signal), late, never))).toEqual([0, 1, 2, 3]);
  const none = Promise.resolve(undefined);
  expect(await Array.fromAsync(besides((signal) => numbers(1, signal), none, never))).toEqual([0, 1, 2, 3]);
});

test('leaving ends the work at once, also while its next item is waited for', async () => {
  const started = performance.now();
  for await (const item of besides((signal) => numbers(60_000, signal), sleep(20, 'more'), never)) {
    if (item === 'more') break;
  }
  expect(performance.now() - started).toBeLessThan(5000);
});

test('a failure of the work is told', async () => {
  // eslint-disable-next-line require-yield
  const failing = async function* (): AsyncGenerator<string> {
    throw new Error('broken');
  };
  await expect(Array.fromAsync(besides(failing, sleep(5, 'more'), never))).rejects.toThrow('broken');
});
