import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { IntentClassifier } from '../../../engine/recognise/intent-classifier.ts';
import { neighbourFeatures, pairFeatures } from '../../../engine/recognise/intent-features.ts';

const file = resolve(import.meta.dirname, '../../../models/starter/intent-classifier.bin');
const bytes = readFileSync(file);

describe('the features of a sentence', () => {
  test('are the ones that training counts', () => {
    expect(neighbourFeatures(['wake', 'me'], 8192)).toEqual([
      1366, 3415, 484, 7903, 5811, 5992, 2608, 8170, 4346, 4902, 5943, 2970,
    ]);
    expect(pairFeatures(['waking', 'me', 'wake'], 12288)).toEqual([6259, 1, 4854]);
  });
});

describe('the classifier of the starter', () => {
  const classifier = new IntentClassifier(bytes, file);

  test.each([
    ['could somebody get the lamps in the kitchen going', 'lights_on'],
    ['the music hurts my ears', 'volume_down'],
    ['let me know once ten minutes are gone', 'set_timer'],
    ['any idea how cold it gets in oslo tomorrow', 'get_weather'],
    ['the old king buried his gold under the castle', 'unknown'],
  ])('knows what "%s" means', (text, intent) => {
    const likelihoods = classifier.classify(text);
    expect([...likelihoods].sort(([, one], [, other]) => other - one)[0]?.[0]).toBe(intent);
  });

  test('gives shares that add up to one', () => {
    const shares = [...classifier.classify('what time is it').values()].map(Math.exp);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 4);
  });

  test('refuses a file that ends early or is of another kind', () => {
    expect(() => new IntentClassifier(bytes.subarray(0, 40_000), file)).toThrow(/model-damaged/);
    expect(() => new IntentClassifier(Buffer.from('{"format": "other"}\n'), file)).toThrow(
      /model-incompatible/,
    );
  });
});
