import { z } from 'zod';
import { UserError } from '../../contract/user-errors.ts';
import { parseTaggedYaml, type YamlMapping, type YamlValue } from './tagged-yaml.ts';

const count = z.number().int().positive();

/** flow.yaml: the speech-token-to-mel model. Fields that only training reads are left out. */
const flowConfig = z.object({
  input_size: count,
  output_size: count,
  spk_embed_dim: count,
  output_type: z.literal('mel'),
  vocab_size: count,
  encoder: z.object({
    output_size: count,
    input_layer: z.literal('linear'),
    pre_lookahead_len: count,
    num_blocks: count,
    num_up_blocks: count,
    up_stride: count,
    attention_heads: count,
    pos_enc_layer_type: z.literal('rel_pos_espnet'),
    selfattention_layer_type: z.literal('rel_selfattn'),
    normalize_before: z.literal(true),
  }),
  decoder: z.object({
    inference_cfg_rate: z.number(),
    estimator: z.object({
      in_channels: count,
      out_channels: count,
      depth: count,
      num_heads: count,
      head_dim: count,
      hidden_size: count,
    }),
  }),
});
export type FlowConfig = z.infer<typeof flowConfig>;

export function parseFlowConfig(text: string, file: string): FlowConfig {
  const root = parseTaggedYaml(text, file).entries.get('flow');
  const parsed = flowConfig.safeParse(isMapping(root) ? plain(root) : undefined);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const reason = `flow.${issue.path.join('.')}: ${issue.message}`;
  throw new UserError('model-incompatible', { file, reason }, { cause: parsed.error });
}

function isMapping(value: YamlValue | undefined): value is YamlMapping {
  return typeof value === 'object' && value !== null;
}

function plain(mapping: YamlMapping): Record<string, unknown> {
  return Object.fromEntries(
    [...mapping.entries].map(([key, value]) => [key, isMapping(value) ? plain(value) : value]),
  );
}
