import { z } from 'zod';
import { UserError } from '../../contract/user-errors.ts';

const count = z.number().int().positive();
/** Positions that a rotary table may be asked for. */
const LONGEST_CONTEXT = 2 ** 20;

/** The listening half of config.json. Fields that the official file lacks have the official values as defaults. */
const audioEncoderConfig = z.object({
  n_mels: count,
  n_audio_ctx: count,
  n_audio_state: count,
  n_audio_head: count,
  n_audio_layer: count,
  kernel_size: count.default(3),
  adapter_stride: count.default(2),
  /** Present in models of our own: strides of the two stem convolutions. */
  conv_strides: z.tuple([count, count]).optional(),
  /** Frames averaged into one after the blocks. */
  pool_stride: count.default(2),
  /** Taps of the depthwise convolution in each block; 0 = none. */
  depthwise_kernel: z.number().int().min(0).default(0),
});

const textConfig = z
  .object({
    hidden_size: count,
    num_hidden_layers: count,
    num_attention_heads: count,
    num_key_value_heads: count.optional(),
    num_attention_groups: count.optional(),
    vocab_size: count,
    rms_norm_eps: z.number().positive().default(1e-6),
    rope_theta: z.number().positive().default(1_000_000),
    rope_scaling: z.null().optional(),
    max_position_embeddings: count.max(LONGEST_CONTEXT).optional(),
    max_seq_len: count.max(LONGEST_CONTEXT).optional(),
    eos_token_id: z.number().int().optional(),
  })
  .superRefine((text, context) => {
    const heads = text.num_attention_heads;
    const groups = text.num_key_value_heads ?? text.num_attention_groups ?? heads;
    if (text.hidden_size % (2 * heads) !== 0) context.addIssue('heads do not divide the hidden size');
    if (heads % groups !== 0) context.addIssue('key-value heads do not divide the heads');
  });

/** config.json of a Step-Audio 2 checkpoint, and of our own models of that shape. */
const modelConfig = z.object({
  model_type: z.literal('step_audio_2'),
  audio_encoder_config: audioEncoderConfig,
  text_config: textConfig,
  ctc_config: z.object({ labels: z.array(z.string()).min(2), slots_per_frame: count }).optional(),
  tag_config: z
    .object({ groups: z.array(z.object({ name: z.string(), values: z.array(z.string()).min(1) })) })
    .optional(),
});
export type ModelConfig = z.infer<typeof modelConfig>;
export type AudioEncoderConfig = ModelConfig['audio_encoder_config'];
export type TextConfig = ModelConfig['text_config'];

const OFFICIAL_CONTEXT = 16_384;

/** Sizes of the decoder that its graph and its cache share. */
export interface DecoderDimensions {
  readonly hidden: number;
  readonly layers: number;
  readonly heads: number;
  readonly keyValueHeads: number;
  readonly headSize: number;
  readonly vocabulary: number;
  /** Positions that the rotary table covers. */
  readonly context: number;
}

export function decoderDimensions(config: TextConfig): DecoderDimensions {
  const heads = config.num_attention_heads;
  return {
    hidden: config.hidden_size,
    layers: config.num_hidden_layers,
    heads,
    keyValueHeads: config.num_key_value_heads ?? config.num_attention_groups ?? heads,
    headSize: config.hidden_size / heads,
    vocabulary: config.vocab_size,
    context: config.max_position_embeddings ?? config.max_seq_len ?? OFFICIAL_CONTEXT,
  };
}

/** Reads config.json's text; says which field is wrong. */
export function parseModelConfig(text: string, file: string): ModelConfig {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError('model-damaged', { file, reason: 'not JSON' }, { cause });
  }
  const parsed = modelConfig.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const reason = `${issue.path.join('.')}: ${issue.message}`;
  throw new UserError('model-incompatible', { file, reason }, { cause: parsed.error });
}
