import { expect, test, vi } from 'vitest';
import { SpeakerTurn } from '../../../renderer/state/speaker-turn.ts';

/** Web Locks for one name: a queue, and thieves. */
class FakeLocks {
  private holder: { reject: (error: unknown) => void } | undefined;
  private readonly queue: (() => void)[] = [];

  request(_name: string, options: LockOptions, callback: () => Promise<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const grant = (): void => {
        this.holder = { reject };
        callback().then(resolve, reject);
      };
      if (options.steal) {
        const robbed = this.holder;
        grant();
        robbed?.reject(new DOMException('Stolen', 'AbortError'));
      } else if (this.holder) this.queue.push(grant);
      else grant();
    });
  }

  /** The holding window closes. */
  closeHolder(): void {
    this.holder = undefined;
    this.queue.shift()?.();
  }
}

test('of two windows the one used last speaks, and the other takes over when it closes', async () => {
  const fake = new FakeLocks();
  const locks = fake as unknown as LockManager;
  const first = new SpeakerTurn(locks);
  const second = new SpeakerTurn(locks);
  expect([first.mine, second.mine]).toEqual([true, false]);
  second.take();
  await vi.waitFor(() => expect([first.mine, second.mine]).toEqual([false, true]));
  /* The closing window's own place in the queue goes, too. */
  await vi.waitFor(() => {
    fake.closeHolder();
    expect(first.mine).toBe(true);
  });
});

test('a window without rivals always speaks', () => {
  expect(new SpeakerTurn(undefined).mine).toBe(true);
});
