import { describe, expect, test } from 'vitest';
import { impulseResponse, inRoom, type Room } from './simulated-room.ts';

const room: Room = {
  name: 'a box',
  size: [4, 3, 2.5],
  reverberation: 0.3,
  speaker: [1.5, 1.2, 1.2],
  microphone: [2.4, 1.6, 0.9],
};

/** Seconds until what is left of a response has fallen by 60 dB, from the slope between -5 and -25 dB (Schroeder). */
function reverberationOf(response: Float32Array, sampleRate: number): number {
  const left = new Float64Array(response.length + 1);
  for (let at = response.length - 1; at >= 0; at--)
    left[at] = (left[at + 1] as number) + (response[at] as number) ** 2;
  const placeOf = (decibels: number): number =>
    left.findIndex((energy) => 10 * Math.log10(energy / (left[0] as number)) < decibels);
  return (3 * (placeOf(-25) - placeOf(-5))) / sampleRate;
}

describe('a simulated room', () => {
  const response = impulseResponse(room);

  test('begins with the direct sound, and echoes come later and weaker', () => {
    expect(response[0]).toBeCloseTo(1, 5);
    expect(Math.max(...response.subarray(1).map(Math.abs))).toBeLessThan(1);
    // The floor's echo: 1.16 m straight ahead becomes 2.32 m by way of the floor, 2.1 m below both heights together.
    const direct = Math.hypot(0.9, 0.4, 0.3);
    const floor = Math.hypot(0.9, 0.4, 2.1);
    expect(response[Math.round(((floor - direct) / 343) * 16_000)]).toBeGreaterThan(0.2);
  });

  test('dies away about as fast as was asked', () => {
    const seconds = reverberationOf(response, 16_000);
    expect(seconds).toBeGreaterThan(0.2);
    expect(seconds).toBeLessThan(0.42);
  });

  test('leaves a click as its response', () => {
    const click = new Float32Array(400);
    click[100] = 1;
    const heard = inRoom(click, response);
    expect(heard[99]).toBe(0);
    expect([...heard.subarray(100, 103)]).toEqual(
      [...response.subarray(0, 3)].map((gain) => (Math.abs(gain) < 1e-4 ? 0 : gain)),
    );
  });
});
