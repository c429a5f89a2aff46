import { describe, expect, test } from 'vitest';
import { lastsUntilTheEnd, PlaybackBuffer } from '../../../engine/speak/playback-buffer.ts';

const SECOND = { seconds: 1 };

/** Plays an utterance of `seconds` that is made at a speed; returns when it begins and whether it ever ran out. */
function play(speechPerSecond: number, seconds: number, longest = seconds) {
  let now = 0;
  const buffer = new PlaybackBuffer({ speechPerSecond, pieceSeconds: [1] }, longest, () => now);
  let beganAt: number | undefined;
  let playedUntil = 0;
  let ranOut = false;
  const take = (pieces: readonly { seconds: number }[]) => {
    if (pieces.length === 0) return;
    if (beganAt !== undefined && now > playedUntil) ranOut = true;
    beganAt ??= now;
    playedUntil = Math.max(playedUntil, now) + pieces.length * 1000;
  };
  for (let made = 0; made < seconds; made++) {
    now += 1000 / speechPerSecond;
    take(buffer.push(SECOND));
  }
  take(buffer.finish());
  return { beganAt: beganAt! / 1000, ranOut };
}

describe('spoken sound is played', () => {
  test('with its first piece where it is made faster than it is heard', () => {
    expect(play(3, 20)).toEqual({ beganAt: 1 / 3, ranOut: false });
  });

  test('as late as it must, and without a break, where it is made slower', () => {
    for (const speed of [0.3, 0.5, 0.8, 0.95]) {
      const { beganAt, ranOut } = play(speed, 12);
      expect(ranOut).toBe(false);
      expect(beganAt).toBeGreaterThan(12 / speed - 12);
      expect(beganAt).toBeLessThanOrEqual(12 / speed);
    }
  });

  test('without a break when the machine is a tenth slower than measured', () => {
    let now = 0;
    const buffer = new PlaybackBuffer({ speechPerSecond: 0.6, pieceSeconds: [1] }, 10, () => now);
    let playedUntil = Infinity;
    for (let made = 0; made < 10; made++) {
      now += 1000 / 0.54;
      const pieces = buffer.push(SECOND);
      expect(now).toBeLessThanOrEqual(playedUntil);
      if (pieces.length > 0)
        playedUntil = (playedUntil === Infinity ? now : playedUntil) + pieces.length * 1000;
    }
  });

  test('at once when it turns out shorter than it might have been', () => {
    const buffer = new PlaybackBuffer({ speechPerSecond: 0.5, pieceSeconds: [1] }, 60, () => 0);
    expect(buffer.push(SECOND)).toEqual([]);
    expect(buffer.push(SECOND)).toEqual([]);
    expect(buffer.willBe(2)).toEqual([SECOND, SECOND]);
  });

  test('again after a wait when it ran out all the same', () => {
    let now = 0;
    const buffer = new PlaybackBuffer({ speechPerSecond: 0.5, pieceSeconds: [1] }, 4, () => now);
    expect([1, 2, 3].flatMap(() => buffer.push(SECOND)).length).toBe(3);
    now = 9000;
    expect(buffer.push(SECOND)).toEqual([SECOND]);
  });
});

test('pieces come whole: each must be there before the one before it has been played', () => {
  expect(lastsUntilTheEnd(0.24, 10, { speechPerSecond: 2, pieceSeconds: [1] })).toBe(false);
  expect(lastsUntilTheEnd(0.24, 10, { speechPerSecond: 3.2, pieceSeconds: [0.6, 1] })).toBe(true);
  expect(lastsUntilTheEnd(0.24, 10, { speechPerSecond: 6, pieceSeconds: [1] })).toBe(true);
  expect(lastsUntilTheEnd(0.1, 0, { speechPerSecond: 0.1, pieceSeconds: [1] })).toBe(true);
});
