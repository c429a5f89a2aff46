import { closeSync, copyFileSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface RandomSizes {
  readonly hidden: number;
  readonly intermediate: number;
  readonly layers: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly vocabulary: number;
  readonly encoderState: number;
  readonly encoderLayers: number;
}

const NOISE_NUMBERS = 1 << 20;

/**
 * A listening and reasoning checkpoint in the official layout with normally distributed BF16 weights, written a piece
 * at a time. The tokenizer is the one at `tokenizerFile`. Returns the bytes of the weights.
 */
export function writeRandomCheckpoint(folder: string, sizes: RandomSizes, tokenizerFile: string): number {
  mkdirSync(folder, { recursive: true });
  copyFileSync(tokenizerFile, join(folder, 'tokenizer.json'));
  writeFileSync(join(folder, 'config.json'), JSON.stringify(configOf(sizes)));
  const tensors = tensorsOf(sizes);
  const header: Record<string, unknown> = {};
  let at = 0;
  for (const [name, shape] of tensors) {
    const bytes = 2 * shape.reduce((product, size) => product * size, 1);
    header[name] = { dtype: 'BF16', shape, data_offsets: [at, at + bytes] };
    at += bytes;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const prefix = new Uint8Array(8);
  new DataView(prefix.buffer).setBigUint64(0, BigInt(text.length), true);
  const file = openSync(join(folder, 'model.safetensors'), 'w');
  try {
    writeSync(file, prefix);
    writeSync(file, text);
    tensors.forEach(([name, shape], index) => writeNoise(file, name, shape, index));
  } finally {
    closeSync(file);
  }
  return at;
}

function writeNoise(file: number, name: string, shape: readonly number[], index: number): void {
  const isScale = /norm|_ln\.weight/.test(name) && name.endsWith('.weight');
  const fanIn = shape.slice(1).reduce((product, size) => product * size, 1);
  const block = noise(index + 1, isScale ? 0 : 1 / Math.sqrt(fanIn), isScale ? 1 : 0);
  const count = shape.reduce((product, size) => product * size, 1);
  for (let done = 0; done < count; done += block.length) {
    const piece = block.subarray(0, Math.min(block.length, count - done));
    writeSync(file, new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength));
  }
}

/** BF16: sums of four evenly distributed numbers. */
function noise(seed: number, scale: number, centre: number): Uint16Array {
  const values = new Float32Array(NOISE_NUMBERS);
  let state = seed * 2654435761;
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  };
  for (let index = 0; index < values.length; index++) {
    values[index] = centre + scale * 0.87 * (next() + next() + next() + next());
  }
  const bits = new Uint32Array(values.buffer);
  return Uint16Array.from(bits, (word) => (word + 0x8000) >>> 16);
}

function configOf(sizes: RandomSizes): object {
  return {
    model_type: 'step_audio_2',
    audio_encoder_config: {
      n_mels: 128,
      n_audio_ctx: 1500,
      n_audio_state: sizes.encoderState,
      n_audio_head: Math.max(1, sizes.encoderState / 64),
      n_audio_layer: sizes.encoderLayers,
      kernel_size: 3,
      adapter_stride: 2,
    },
    text_config: {
      hidden_size: sizes.hidden,
      intermediate_size: sizes.intermediate,
      num_hidden_layers: sizes.layers,
      num_attention_heads: sizes.heads,
      num_key_value_heads: sizes.keyValueHeads,
      vocab_size: sizes.vocabulary,
      max_position_embeddings: 2048,
      rms_norm_eps: 1e-6,
      rope_theta: 1e6,
    },
  };
}

function tensorsOf(sizes: RandomSizes): [string, number[]][] {
  const { hidden, intermediate, vocabulary, encoderState: state } = sizes;
  const keyValue = (hidden / sizes.heads) * sizes.keyValueHeads;
  const linear = (name: string, out: number, into: number, bias: boolean): [string, number[]][] => [
    [`${name}.weight`, [out, into]],
    ...(bias ? ([[`${name}.bias`, [out]]] as [string, number[]][]) : []),
  ];
  const norm = (name: string): [string, number[]][] => [
    [`${name}.weight`, [state]],
    [`${name}.bias`, [state]],
  ];
  const blocks = Array.from({ length: sizes.encoderLayers }, (_, index) => {
    const block = `encoder.blocks.${index}`;
    return [
      ...linear(`${block}.attn.query`, state, state, true),
      ...linear(`${block}.attn.key`, state, state, false),
      ...linear(`${block}.attn.value`, state, state, true),
      ...linear(`${block}.attn.out`, state, state, true),
      ...norm(`${block}.attn_ln`),
      ...linear(`${block}.mlp.0`, 4 * state, state, true),
      ...linear(`${block}.mlp.2`, state, 4 * state, true),
      ...norm(`${block}.mlp_ln`),
    ];
  });
  const layers = Array.from({ length: sizes.layers }, (_, index) => {
    const layer = `model.layers.${index}`;
    return [
      [`${layer}.input_layernorm.weight`, [hidden]] as [string, number[]],
      ...linear(`${layer}.self_attn.q_proj`, hidden, hidden, true),
      ...linear(`${layer}.self_attn.k_proj`, keyValue, hidden, true),
      ...linear(`${layer}.self_attn.v_proj`, keyValue, hidden, true),
      ...linear(`${layer}.self_attn.o_proj`, hidden, hidden, false),
      [`${layer}.post_attention_layernorm.weight`, [hidden]] as [string, number[]],
      ...linear(`${layer}.mlp.gate_proj`, intermediate, hidden, false),
      ...linear(`${layer}.mlp.up_proj`, intermediate, hidden, false),
      ...linear(`${layer}.mlp.down_proj`, hidden, intermediate, false),
    ];
  });
  return [
    ['encoder.conv1.weight', [state, 128, 3]],
    ['encoder.conv1.bias', [state]],
    ['encoder.conv2.weight', [state, state, 3]],
    ['encoder.conv2.bias', [state]],
    ['encoder.positional_embedding.weight', [1500, state]],
    ...blocks.flat(),
    ...norm('encoder.after_norm'),
    ['adapter.conv.weight', [state, state, 3]],
    ['adapter.conv.bias', [state]],
    ...linear('adapter.linear1', 2 * state, state, true),
    ...linear('adapter.linear2', hidden, 2 * state, true),
    ['model.embed_tokens.weight', [vocabulary, hidden]],
    ...layers.flat(),
    ['model.norm.weight', [hidden]],
    ['lm_head.weight', [vocabulary, hidden]],
  ];
}
