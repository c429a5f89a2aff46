/** Shapes of the official mini checkpoints, with fewer layers where asked (Step-Audio 2 mini: 32 and 28). */
export const official = {
  melBands: 128,
  audioContext: 1500,
  audioState: 1280,
  audioHeads: 20,
  audioLayers: 32,
  adapterHidden: 2048,
  hidden: 3584,
  intermediate: 18_944,
  layers: 28,
  heads: 28,
  keyValueHeads: 4,
  vocabulary: 158_720,
  context: 16_384,
  speechCodes: 6561,
  flowSize: 512,
  flowLinear: 2048,
  flowBlocks: 6,
  flowUpBlocks: 4,
  estimatorBlocks: 16,
  flowHeads: 8,
  flowHeadSize: 64,
  bands: 80,
  speakerEmbedding: 192,
} as const;

export type Shapes = readonly (readonly [name: string, shape: readonly number[]])[];

const linear = (name: string, outputs: number, inputs: number, hasBias = true): Shapes => [
  [`${name}.weight`, [outputs, inputs]],
  ...(hasBias ? ([[`${name}.bias`, [outputs]]] as const) : []),
];
const convolution = (name: string, outputs: number, inputs: number, kernel: number): Shapes => [
  [`${name}.weight`, [outputs, inputs, kernel]],
  [`${name}.bias`, [outputs]],
];
const norm = (name: string, size: number): Shapes => [
  [`${name}.weight`, [size]],
  [`${name}.bias`, [size]],
];
const repeated = (count: number, shapes: (index: number) => Shapes): Shapes =>
  Array.from({ length: count }, (_, index) => shapes(index)).flat();

export function listeningShapes(layers: number): Shapes {
  const { audioState: state, melBands, audioContext, adapterHidden, hidden } = official;
  return [
    ...convolution('encoder.conv1', state, melBands, 3),
    ...convolution('encoder.conv2', state, state, 3),
    ['encoder.positional_embedding.weight', [audioContext, state]],
    ...repeated(layers, (index) => {
      const at = `encoder.blocks.${index}`;
      return [
        ...norm(`${at}.attn_ln`, state),
        ...norm(`${at}.mlp_ln`, state),
        ...['query', 'key', 'value', 'out'].flatMap((part) =>
          linear(`${at}.attn.${part}`, state, state, part !== 'key'),
        ),
        ...linear(`${at}.mlp.0`, 4 * state, state),
        ...linear(`${at}.mlp.2`, state, 4 * state),
      ];
    }),
    ...norm('encoder.after_norm', state),
    ...convolution('adapter.conv', state, state, 3),
    ...linear('adapter.linear1', adapterHidden, state),
    ...linear('adapter.linear2', hidden, adapterHidden),
  ];
}

export function reasoningShapes(layers: number): Shapes {
  const { hidden, intermediate, heads, keyValueHeads, vocabulary } = official;
  const keyValues = (hidden / heads) * keyValueHeads;
  return [
    ['model.embed_tokens.weight', [vocabulary, hidden]],
    ...repeated(layers, (index) => {
      const at = `model.layers.${index}`;
      return [
        [`${at}.input_layernorm.weight`, [hidden]],
        [`${at}.post_attention_layernorm.weight`, [hidden]],
        ...linear(`${at}.self_attn.q_proj`, hidden, hidden),
        ...linear(`${at}.self_attn.k_proj`, keyValues, hidden),
        ...linear(`${at}.self_attn.v_proj`, keyValues, hidden),
        ...linear(`${at}.self_attn.o_proj`, hidden, hidden, false),
        ...linear(`${at}.mlp.gate_proj`, intermediate, hidden, false),
        ...linear(`${at}.mlp.up_proj`, intermediate, hidden, false),
        ...linear(`${at}.mlp.down_proj`, hidden, intermediate, false),
      ];
    }),
    ['model.norm.weight', [hidden]],
    ['lm_head.weight', [vocabulary, hidden]],
  ];
}

export function flowShapes(): Shapes {
  const { flowSize: size, flowLinear, flowHeads, flowHeadSize, bands, estimatorBlocks } = official;
  const inner = flowHeads * flowHeadSize;
  const stack = (name: string, count: number): Shapes =>
    repeated(count, (index) => {
      const at = `encoder.${name}.${index}`;
      return [
        ...['q', 'k', 'v', 'out', 'pos'].flatMap((part) =>
          linear(`${at}.self_attn.linear_${part}`, size, size, part !== 'pos'),
        ),
        [`${at}.self_attn.pos_bias_u`, [flowHeads, flowHeadSize]],
        [`${at}.self_attn.pos_bias_v`, [flowHeads, flowHeadSize]],
        ...linear(`${at}.feed_forward.w_1`, flowLinear, size),
        ...linear(`${at}.feed_forward.w_2`, size, flowLinear),
        ...norm(`${at}.norm_ff`, size),
        ...norm(`${at}.norm_mha`, size),
      ];
    });
  const at = 'decoder.estimator';
  return [
    ['input_embedding.weight', [official.speechCodes, size]],
    ...linear('spk_embed_affine_layer', bands, official.speakerEmbedding),
    ...['embed', 'up_embed'].flatMap((part) => [
      ...linear(`encoder.${part}.out.0`, size, size),
      ...norm(`encoder.${part}.out.1`, size),
    ]),
    ...convolution('encoder.pre_lookahead_layer.conv1', size, size, 4),
    ...convolution('encoder.pre_lookahead_layer.conv2', size, size, 3),
    ...convolution('encoder.up_layer.conv', size, size, 5),
    ...stack('encoders', official.flowBlocks),
    ...stack('up_encoders', official.flowUpBlocks),
    ...norm('encoder.after_norm', size),
    ...linear('encoder_proj', bands, size),
    ...linear(`${at}.t_embedder.mlp.0`, size, 256),
    ...linear(`${at}.t_embedder.mlp.2`, size, size),
    ...linear(`${at}.in_proj`, size, 4 * bands),
    ...repeated(estimatorBlocks, (index) => {
      const block = `${at}.blocks.${index}`;
      return [
        ...['to_q', 'to_k', 'to_v'].flatMap((part) => linear(`${block}.attn.${part}`, inner, size)),
        ...linear(`${block}.attn.proj`, size, inner),
        ...norm(`${block}.attn.q_norm`, flowHeadSize),
        ...norm(`${block}.attn.k_norm`, flowHeadSize),
        ...linear(`${block}.mlp.fc1`, 4 * size, size),
        ...linear(`${block}.mlp.fc2`, size, 4 * size),
        ...convolution(`${block}.conv.block.1`, size, size, 3),
        ...convolution(`${block}.conv.block.6`, size, size, 3),
        ...norm(`${block}.conv.block.3`, size),
        ...linear(`${block}.adaLN_modulation.1`, 9 * size, size),
      ];
    }),
    ...linear(`${at}.final_layer.adaLN_modulation.1`, 2 * size, size),
    ...linear(`${at}.final_layer.linear`, bands, size),
  ];
}

export function vocoderShapes(): Shapes {
  const base = 512;
  const [kernels, sourceKernels, resblockKernels] = [
    [16, 11, 7],
    [7, 7, 11],
    [3, 7, 11],
  ] as const;
  const sourceStrides = [30, 6, 1] as const;
  const normalised = (name: string, shape: readonly number[], outputs = shape[0]!): Shapes => [
    [`${name}.parametrizations.weight.original0`, [shape[0]!, 1, 1]],
    [`${name}.parametrizations.weight.original1`, shape],
    [`${name}.bias`, [outputs]],
  ];
  const resblock = (name: string, channels: number, kernel: number): Shapes =>
    repeated(3, (index) =>
      [1, 2].flatMap((part) => [
        ...normalised(`${name}.convs${part}.${index}`, [channels, channels, kernel]),
        [`${name}.activations${part}.${index}.alpha`, [channels]] as const,
      ]),
    );
  return [
    ...repeated(5, (index) =>
      normalised(`f0_predictor.condnet.${2 * index}`, [base, index === 0 ? official.bands : base, 3]),
    ),
    ...linear('f0_predictor.classifier', 1, base),
    ...linear('m_source.l_linear', 1, 9),
    ...normalised('conv_pre', [base, official.bands, 7]),
    ...repeated(3, (stage) => {
      const channels = base >> (stage + 1);
      return [
        ...normalised(`ups.${stage}`, [base >> stage, channels, kernels[stage]!], channels),
        ...convolution(`source_downs.${stage}`, channels, 18, sourceStrides[stage]!),
        ...resblock(`source_resblocks.${stage}`, channels, sourceKernels[stage]!),
        ...repeated(3, (index) =>
          resblock(`resblocks.${3 * stage + index}`, channels, resblockKernels[index]!),
        ),
      ];
    }),
    ...normalised('conv_post', [18, base >> 3, 7]),
  ];
}
