import { expect, test } from 'vitest';
import type { AppEvent } from '../../../contract/app-events.ts';
import { AppEventFeed } from '../../../assistant/events/app-event-feed.ts';

const level = (value: number): AppEvent => ({ type: 'level', level: value, speech: false });
const changed: AppEvent = { type: 'history-changed' };
const voices: AppEvent = { type: 'voices-changed' };

async function take(events: AsyncIterable<AppEvent>, count: number): Promise<AppEvent[]> {
  const taken: AppEvent[] = [];
  for await (const event of events) {
    taken.push(event);
    if (taken.length === count) break;
  }
  return taken;
}

test('every subscriber sees every event, in order, at its own pace, after its own first one', async () => {
  const feed = new AppEventFeed();
  const signal = new AbortController().signal;
  const early = feed.subscribe(level(1), signal);
  feed.publish(changed);
  const late = feed.subscribe(level(2), signal);
  feed.publish(voices);
  expect(await take(early, 3)).toEqual([level(1), changed, voices]);
  expect(await take(late, 2)).toEqual([level(2), voices]);
});

test('meters that nobody has read yet are replaced by newer ones', async () => {
  const feed = new AppEventFeed();
  const events = feed.subscribe(changed, new AbortController().signal);
  feed.publish(level(1));
  feed.publish(level(2));
  feed.publish(voices);
  feed.publish(level(3));
  expect(await take(events, 4)).toEqual([changed, level(2), voices, level(3)]);
});

test('a stream ends when its reader goes, and when the assistant closes', async () => {
  const feed = new AppEventFeed();
  const leaving = new AbortController();
  const events = feed.subscribe(changed, leaving.signal);
  const all = take(events, 99);
  leaving.abort();
  expect(await all).toEqual([changed]);
  const others = take(feed.subscribe(changed, new AbortController().signal), 99);
  feed.close();
  expect(await others).toEqual([changed]);
});

test('a reader that never reads is cut off instead of filling the memory', async () => {
  const feed = new AppEventFeed();
  const events = feed.subscribe(changed, new AbortController().signal);
  for (let index = 0; index < 20_001; index += 1) feed.publish(index % 2 ? changed : voices);
  await expect(take(events, 2)).rejects.toMatchObject({ code: 'connection-lost' });
});
