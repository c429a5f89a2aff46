import { afterEach, expect, test, vi } from 'vitest';
import { openSotto, settle } from '../opened-sotto.ts';

afterEach(() => vi.useRealTimers());

test('a broken line is told, and mended without a person', async () => {
  const { sotto, line } = await openSotto();
  expect(sotto.live.state).toBe('idle');
  line.current?.close();
  expect(sotto.connection.status).toBe('lost');
  expect(sotto.live.state).toBe('offline');
  await settle(700);
  expect(sotto.connection.status).toBe('open');
  expect(sotto.live.state).toBe('idle');
  expect(sotto.conversation.turns).toHaveLength(3);
});

test('what is asked while the line is down fails with a plain message', async () => {
  const { sotto, line } = await openSotto();
  line.current?.close();
  await sotto.sendText('hello');
  expect(sotto.notices.list.map((notice) => notice.failure.code)).toEqual(['connection-lost']);
  await settle(700);
  expect(sotto.notices.list).toEqual([]);
});
