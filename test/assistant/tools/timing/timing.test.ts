import { expect, test } from 'vitest';
import { ToolRegistry } from '../../../../assistant/tools/tool-registry.ts';
import { neverAborted, TEST_NOW, testContext } from '../tool-context.ts';

const registry = new ToolRegistry();
function session() {
  const context = testContext();
  return (name: string, given: unknown = {}) => registry.call(name, given, context, neverAborted);
}

test('a timer is due after its seconds and tells what is left', async () => {
  const call = session();
  expect(await call('set_timer', { seconds: 1500, label: 'pasta' })).toMatchObject({
    dueAt: TEST_NOW + 1_500_000,
  });
  expect(await call('list_timers')).toMatchObject({
    timers: [{ label: 'pasta', seconds: 1500, secondsLeft: 1500 }],
  });
  expect(await call('list_timers', { label: 'tea' })).toEqual({ timers: [], label: 'tea' });
});

test('the only timer is cancelled without being named, and one of two is asked for', async () => {
  const call = session();
  await call('set_timer', { seconds: 60 });
  expect(await call('cancel_timer')).toMatchObject({ cancelled: [{ seconds: 60 }] });
  await call('set_timer', { seconds: 60, label: 'tea' });
  await call('set_timer', { seconds: 300, label: 'eggs' });
  expect(await call('cancel_timer')).toMatchObject({
    cancelled: [],
    choices: [{ label: 'tea' }, { label: 'eggs' }],
  });
  expect(await call('cancel_timer', { label: 'egg' })).toMatchObject({ cancelled: [{ label: 'eggs' }] });
  await call('set_timer', { seconds: 300 });
  expect(await call('cancel_timer', { seconds: 300 })).toMatchObject({ cancelled: [{ seconds: 300 }] });
  await call('set_timer', { seconds: 300 });
  expect(((await call('cancel_timer', { all: true })) as { cancelled: unknown[] }).cancelled).toHaveLength(2);
});

test('alarms are set at wall times, listed and cancelled by the clock', async () => {
  const call = session();
  await call('set_alarm', { at: '2026-11-22T07:00' });
  await call('set_alarm', { at: '2026-11-22T09:00', weekdays: [1, 2, 3, 4, 5] });
  expect(await call('list_alarms')).toMatchObject({
    alarms: [
      { at: '2026-11-22T07:00', weekdays: [] },
      { at: '2026-11-23T09:00', weekdays: [1, 2, 3, 4, 5] },
    ],
  });
  expect(await call('cancel_alarm')).toMatchObject({ cancelled: [], choices: [{}, {}] });
  expect(await call('cancel_alarm', { time: '07:00', eitherHalf: true })).toMatchObject({
    cancelled: [{ at: '2026-11-22T07:00' }],
  });
  expect(await call('cancel_alarm', { time: '07:00' })).toEqual({ cancelled: [], choices: [] });
});

test('an alarm in the past or at no time is refused', async () => {
  const call = session();
  await expect(call('set_alarm', { at: '2026-11-21T14:00' })).rejects.toMatchObject({
    code: 'tool-bad-arguments',
  });
  await expect(call('set_alarm', { at: 'tomorrow' })).rejects.toMatchObject({ code: 'tool-bad-arguments' });
  await expect(call('set_timer', { seconds: -5 })).rejects.toMatchObject({ code: 'tool-bad-arguments' });
});

test('reminders with and without a time are listed together and deleted by their words', async () => {
  const call = session();
  await call('add_reminder', { text: 'call your mom', at: '2026-11-22T09:00' });
  await call('add_reminder', { text: 'buy stamps' });
  expect(await call('list_reminders')).toEqual({
    reminders: [
      { text: 'call your mom', at: '2026-11-22T09:00', weekdays: [] },
      { text: 'buy stamps', weekdays: [] },
    ],
  });
  expect(await call('cancel_reminder', { text: 'stamps' })).toEqual({ cancelled: ['buy stamps'] });
});
