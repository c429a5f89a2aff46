import { expect, test } from 'vitest';
import type { StoredTensor } from '../../../engine/convert/checkpoint.ts';
import { choosePrecision } from '../../../engine/convert/precision-choice.ts';

const tensor = (name: string, ...shape: number[]): StoredTensor => {
  const byteLength = shape.reduce((product, size) => product * size, 2);
  return { name, dtype: 'BF16', shape, file: '', byteOffset: 0, byteLength };
};

/** About 7.6 billion weights, as in Step-Audio 2 mini. */
const large = {
  main: [
    tensor('model.embed_tokens.weight', 158_720, 3584),
    tensor('lm_head.weight', 158_720, 3584),
    ...Array.from({ length: 28 }, (_, layer) =>
      tensor(`model.layers.${layer}.mlp.gate_proj.weight`, 65_000, 3584),
    ),
  ],
  speech: [],
};
const small = { main: [tensor('model.layers.0.mlp.up_proj.weight', 640, 256)], speech: [] };
const gigabytes = (count: number) => count * 1e9;

test.each([
  [small, 'cpu', 8, 'float32', 'small-model'],
  [large, 'cpu', 64, 'int4', 'processor-reads-every-weight'],
  [large, 'auto', 16, 'int4', 'processor-reads-every-weight'],
  [large, 'cpu', 6, 'int4', 'nothing-fits'],
  [large, 'cuda', 24, 'float16', 'graphics-memory-suffices'],
  [large, 'webgpu', 12, 'int4', 'graphics-memory-short'],
] as const)(
  '"auto" follows the size, the provider and the memory (case %#)',
  (model, provider, memory, precision, reason) => {
    expect(choosePrecision('auto', model, provider, gigabytes(memory))).toMatchObject({ precision, reason });
  },
);

test('a precision that is asked for is taken, and weighed', () => {
  const choice = choosePrecision('float32', large, 'cpu', gigabytes(8));
  expect(choice).toMatchObject({ precision: 'float32', reason: 'asked-for' });
  expect(choice.neededMemoryBytes).toBeGreaterThan(gigabytes(28));
});
