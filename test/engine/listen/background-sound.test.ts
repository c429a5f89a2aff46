import { expect, test } from 'vitest';
import { backgroundSound } from '../../../engine/listen/background-sound.ts';
import { measuredTags } from '../../../engine/listen/speech-tags.ts';
import { SoundSource, type SoundName } from '../../evaluation/generated-sounds.ts';

const rate = 16_000;
const span = { startSeconds: 0.6, endSeconds: 1.6 };
const source = new SoundSource(5, 'dev');

/** A second of buzz over a sound, with 0.6 s of the sound alone before and after it. */
function over(name: SoundName, level: number): Float32Array {
  const sound = source.make(name, Math.round(2.2 * rate));
  const strength = Math.sqrt(sound.reduce((sum, value) => sum + value ** 2, 0) / sound.length);
  return sound.map((value, i) => {
    const time = i / rate;
    const isSpeech = time >= span.startSeconds && time < span.endSeconds;
    const voice = isSpeech
      ? 0.2 * Math.sin(2 * Math.PI * 140 * time + Math.sin(2 * Math.PI * 280 * time))
      : 0;
    return voice + (level * value) / strength;
  });
}
const kinds = (name: SoundName) =>
  Array.from({ length: 8 }, () => backgroundSound(over(name, 0.03), [span])?.kind ?? 'unsure');

test.each(['hiss', 'hum'] as const)('%s is steady noise', (name) => {
  expect(kinds(name)).toEqual(Array(8).fill('steady noise'));
});

test('music is called music or nothing, never steady noise', () => {
  const told = kinds('music');
  expect(told.filter((kind) => kind === 'music').length).toBeGreaterThanOrEqual(3);
  expect(told).not.toContain('steady noise');
});

test.each(['swelling noise', 'babble'] as const)('%s is not called music', (name) => {
  expect(kinds(name)).not.toContain('music');
});

test('nothing is claimed where there are hardly any pauses, or nothing is to be heard in them', () => {
  const whole = { startSeconds: 0, endSeconds: 2.2 };
  expect(backgroundSound(over('hiss', 0.03), [whole])).toBeUndefined();
  expect(backgroundSound(over('hiss', 0.0001), [span])).toBeUndefined();
  expect(backgroundSound(new Float32Array(0), [])).toBeUndefined();
});

test('a still place is a quiet room, a loud one a noisy place, and in between nobody knows', () => {
  const placeOf = (level: number) =>
    measuredTags(over('hiss', level), [span]).find(({ name }) => name === 'scene')?.value;
  expect([0.001, 0.02, 0.12].map(placeOf)).toEqual(['quiet room', 'unsure', 'noisy place']);
});
