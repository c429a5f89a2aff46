import { describe, expect, test } from 'vitest';
import { babble, over } from './babble.ts';
import { repeatable } from './repeatable-random.ts';

function tone(hertz: number, level: number, length = 16_000): Float32Array {
  return Float32Array.from({ length }, (_, at) => level * Math.sin((2 * Math.PI * hertz * at) / 16_000));
}

const power = (samples: Float32Array): number =>
  samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;

describe('babble', () => {
  test('lies as many decibels below the speech as was asked', () => {
    const speech = tone(200, 0.2);
    const noise = babble([tone(310, 0.01), tone(570, 0.4)], speech.length, repeatable(3));
    const mixed = over(noise, speech, 10);
    const left = mixed.map((sample, at) => sample - (speech[at] as number));
    expect(10 * Math.log10(power(speech) / power(left))).toBeCloseTo(10, 3);
  });

  test('never leaves full scale', () => {
    const speech = tone(200, 0.99);
    const mixed = over(babble([tone(310, 0.5)], speech.length, repeatable(3)), speech, 0);
    expect(mixed.every((sample) => Math.abs(sample) <= 1)).toBe(true);
  });
});
