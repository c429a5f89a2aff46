import { expect, test } from 'vitest';
import { candidates, GREEDY, Sampler } from '../../../engine/reason/sampler.ts';
import { readGolden } from '../../golden/npy.ts';
import cases from '../../golden/sampling.json' with { type: 'json' };

const logits = readGolden('llm_step_logits').values.slice(0, 7104);
const seen = new Set(readGolden<Int32Array>('llm_input_ids').values);

test.each(cases)('keeps the reference candidates for $settings', ({ settings, ids, probs, kept }) => {
  const found = candidates(logits, seen, {
    ...GREEDY,
    temperature: settings.temperature,
    topK: settings.top_k,
    topP: settings.top_p,
    repetitionPenalty: settings.repetition_penalty,
  });
  expect(found.ids).toHaveLength(kept);
  expect(found.ids.slice(0, ids.length)).toEqual(ids);
  probs.forEach((probability, index) => expect(found.probabilities[index]).toBeCloseTo(probability, 5));
});

const lively = { ...GREEDY, temperature: 0.7, topK: 50, topP: 0.9, repetitionPenalty: 1.05, seed: 7 };
const draw = (seed: number) => {
  const sampler = new Sampler({ ...lively, seed });
  return Array.from({ length: 50 }, () => sampler.choose(logits, seen));
};

test('the same seed draws the same tokens, another seed others', () => {
  expect(draw(7)).toEqual(draw(7));
  expect(draw(7)).not.toEqual(draw(8));
});

test('tokens are drawn about as often as they are likely', () => {
  const { ids, probabilities } = candidates(logits, seen, lively);
  const sampler = new Sampler(lively);
  const counts = new Map<number, number>();
  for (let round = 0; round < 2000; round++) {
    const id = sampler.choose(logits, seen);
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  ids.forEach((id, index) => expect((counts.get(id) ?? 0) / 2000).toBeCloseTo(probabilities[index]!, 1));
  expect([...counts.keys()].every((id) => ids.includes(id))).toBe(true);
});

test('nothing outside the allowed ids is chosen', () => {
  expect([3, 5]).toContain(new Sampler(lively).choose(logits, seen, [3, 5]));
  expect(new Sampler(GREEDY).choose(logits, seen, new Set([9]))).toBe(9);
  expect(() => new Sampler(GREEDY).choose(logits, seen, [])).toThrow(RangeError);
});
