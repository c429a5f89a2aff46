import type { ModelTensors } from '../../engine/convert/precision-choice.ts';
import type { StoredTensor } from '../../engine/convert/checkpoint.ts';

const HIDDEN = 3584;
const INNER = 18_944;
const KEYS = 512;
const VOCABULARY = 158_720;
const LAYERS = 28;
const ENCODER = 1280;
const ENCODER_LAYERS = 32;

/**
 * The large tensors of Step-Audio 2 mini by name and shape, for what can be told before anything has been fetched:
 * the memory it will need. Norms and biases, a thousandth of it, are left out.
 */
export function officialTensors(): ModelTensors {
  const layers = Array.from({ length: LAYERS }, (_, layer) => `model.layers.${layer}`).flatMap((layer) => [
    tensor(`${layer}.self_attn.q_proj.weight`, [HIDDEN, HIDDEN]),
    tensor(`${layer}.self_attn.k_proj.weight`, [KEYS, HIDDEN]),
    tensor(`${layer}.self_attn.v_proj.weight`, [KEYS, HIDDEN]),
    tensor(`${layer}.self_attn.o_proj.weight`, [HIDDEN, HIDDEN]),
    tensor(`${layer}.mlp.gate_proj.weight`, [INNER, HIDDEN]),
    tensor(`${layer}.mlp.up_proj.weight`, [INNER, HIDDEN]),
    tensor(`${layer}.mlp.down_proj.weight`, [HIDDEN, INNER]),
  ]);
  const blocks = Array.from({ length: ENCODER_LAYERS }, (_, block) => `encoder.blocks.${block}`).flatMap(
    (block) => [
      ...['query', 'key', 'value', 'out'].map((name) =>
        tensor(`${block}.attn.${name}.weight`, [ENCODER, ENCODER]),
      ),
      tensor(`${block}.mlp.0.weight`, [4 * ENCODER, ENCODER]),
      tensor(`${block}.mlp.2.weight`, [ENCODER, 4 * ENCODER]),
    ],
  );
  return {
    main: [
      tensor('model.embed_tokens.weight', [VOCABULARY, HIDDEN]),
      tensor('lm_head.weight', [VOCABULARY, HIDDEN]),
      ...layers,
      tensor('encoder.conv1.weight', [ENCODER, 128, 3]),
      tensor('encoder.conv2.weight', [ENCODER, ENCODER, 3]),
      ...blocks,
      tensor('adapter.conv.weight', [ENCODER, ENCODER, 3]),
      tensor('adapter.linear1.weight', [2048, ENCODER]),
      tensor('adapter.linear2.weight', [HIDDEN, 2048]),
    ],
    // Flow and vocoder, whose tensors are many and small.
    speech: [tensor('flow', [155_802_352], 'F32'), tensor('vocoder', [20_821_295], 'F32')],
  };
}

function tensor(name: string, shape: readonly number[], dtype: StoredTensor['dtype'] = 'BF16'): StoredTensor {
  const numbers = shape.reduce((product, size) => product * size, 1);
  return { name, dtype, shape, file: '', byteOffset: 0, byteLength: numbers * (dtype === 'BF16' ? 2 : 4) };
}
