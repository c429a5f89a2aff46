import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { Schedule } from '../../../assistant/schedule/schedule.ts';
import { ScheduleStore } from '../../../assistant/schedule/schedule-store.ts';
import type { FiredItem } from '../../../assistant/schedule/scheduled-item.ts';

const START = Date.UTC(2026, 10, 21, 12);
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A clock that the test winds forward; sleeping timers wake when it passes them. */
function windableClock() {
  let now = START;
  let sleepers: { at: number; callback: () => void }[] = [];
  return {
    now: () => now,
    setTimer: (callback: () => void, afterMs: number) => {
      const sleeper = { at: now + afterMs, callback };
      sleepers.push(sleeper);
      return () => {
        sleepers = sleepers.filter((one) => one !== sleeper);
      };
    },
    sleeping: () => sleepers.length,
    longestNapMs: () => Math.max(...sleepers.map((sleeper) => sleeper.at - now)),
    wind(ms: number) {
      const until = now + ms;
      for (;;) {
        const next = sleepers.filter((one) => one.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        sleepers = sleepers.filter((one) => one !== next);
        now = Math.max(now, next.at);
        next.callback();
      }
      now = until;
    },
    /** The machine sleeps: time passes and no timer wakes. */
    suspend(ms: number) {
      now += ms;
    },
  };
}

function scheduleOn(database: Database.Database, clock = windableClock()) {
  const fired: FiredItem[] = [];
  const schedule = new Schedule({
    store: new ScheduleStore(database),
    now: clock.now,
    timeZone: () => 'UTC',
    setTimer: clock.setTimer,
    onFire: (item) => fired.push(item),
  });
  return { schedule, clock, fired, titles: () => fired.map(({ item }) => item.title) };
}

test('timers ring in the order in which they are due, once each', () => {
  const { schedule, clock, titles } = scheduleOn(new Database(':memory:'));
  schedule.start();
  schedule.add({ kind: 'timer', title: 'eggs', dueAt: START + 300_000 });
  schedule.add({ kind: 'timer', title: 'tea', dueAt: START + 180_000 });
  clock.wind(179_999);
  expect(titles()).toEqual([]);
  clock.wind(200_000);
  expect(titles()).toEqual(['tea', 'eggs']);
  clock.wind(3_600_000);
  expect(titles()).toEqual(['tea', 'eggs']);
  expect(schedule.list()).toEqual([]);
  expect(clock.sleeping()).toBe(0);
});

test('a cancelled timer does not ring', () => {
  const { schedule, clock, fired } = scheduleOn(new Database(':memory:'));
  schedule.start();
  const { id } = schedule.add({ kind: 'timer', title: '', dueAt: START + 60_000 });
  expect(schedule.cancel(id)).toBe(true);
  expect(schedule.cancel(id)).toBe(false);
  clock.wind(120_000);
  expect(fired).toEqual([]);
});

test('what fell due while Sotto was closed is told at the next start, as missed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-schedule-'));
  folders.push(folder);
  const path = join(folder, 'sotto.sqlite');
  const before = new Database(path);
  const first = scheduleOn(before);
  first.schedule.start();
  first.schedule.add({ kind: 'reminder', title: 'call mom', dueAt: START + 60_000 });
  first.schedule.add({ kind: 'alarm', title: 'later', dueAt: START + 7_200_000 });
  first.schedule.stop();
  before.close();

  const after = new Database(path);
  const clock = windableClock();
  clock.suspend(3_600_000);
  const second = scheduleOn(after, clock);
  second.schedule.start();
  expect(second.fired).toMatchObject([{ item: { title: 'call mom' }, missed: true }]);
  clock.wind(3_600_000);
  expect(second.fired[1]).toMatchObject({ item: { title: 'later' }, missed: false });
  after.close();
});

test('an item due in a year is waited for in short naps', () => {
  const { schedule, clock, fired } = scheduleOn(new Database(':memory:'));
  schedule.start();
  schedule.add({ kind: 'reminder', title: 'far', dueAt: START + 365 * 86_400_000 });
  expect(clock.longestNapMs()).toBeLessThanOrEqual(60_000);
  clock.suspend(366 * 86_400_000);
  clock.wind(60_000);
  expect(fired).toMatchObject([{ missed: true }]);
});

test('a repeating alarm rings again on its next day', () => {
  const { schedule, clock, fired } = scheduleOn(new Database(':memory:'));
  schedule.start();
  const repeat = { hour: 13, minute: 0, weekdays: [0, 6] };
  schedule.add({ kind: 'alarm', title: '', dueAt: START + 3_600_000, repeat });
  clock.wind(3_600_000);
  expect(fired).toHaveLength(1);
  expect(schedule.list('alarm')[0]?.dueAt).toBe(START + 25 * 3_600_000);
  clock.wind(24 * 3_600_000);
  expect(fired).toHaveLength(2);
});

test('a listener that fails loses no other item', () => {
  const clock = windableClock();
  const fired: string[] = [];
  const schedule = new Schedule({
    store: new ScheduleStore(new Database(':memory:')),
    now: clock.now,
    timeZone: () => 'UTC',
    setTimer: clock.setTimer,
    onFire: ({ item }) => {
      fired.push(item.title);
      if (item.title === 'first') throw new Error('the loudspeaker is gone');
    },
  });
  schedule.start();
  schedule.add({ kind: 'timer', title: 'first', dueAt: START + 1000 });
  schedule.add({ kind: 'timer', title: 'second', dueAt: START + 1000 });
  expect(() => clock.wind(1000)).toThrow('the loudspeaker is gone');
  clock.wind(1000);
  expect(fired).toEqual(['first', 'second']);
});
