import { MICROSOFT_DOMAIN, type Value } from '../../onnx/graph-writer.ts';
import { decoderDimensions, type DecoderDimensions, type TextConfig } from '../model-config.ts';
import type { NetworkWriter } from '../network-writer.ts';

/**
 * The language model (Qwen2: grouped attention, rotary positions, RMS norms, SwiGLU), one piece of the sequence a run.
 *
 *     in   embeddings                  float32 [batch, n, hidden]    the next n positions
 *          last_position               int32 [batch]                 index of the last of them in the sequence
 *          sequence_length             int32 []                      positions so far, these included
 *          rows                        int64 [m]                     which of the n positions want logits
 *          past_key_i, past_value_i    float32 [batch, kv head, capacity, head size]
 *     out  logits                      float32 [batch, m, vocabulary]
 *          present_key_i, present_value_i   same shape; give the very same tensor to grow the cache in place
 */
export function speechDecoder(network: NetworkWriter, config: TextConfig): void {
  const { graph } = network;
  const sizes = decoderDimensions(config);
  const embeddings = graph.input('embeddings', 'float32', ['batch', 'n', sizes.hidden]);
  const sequence: Sequence = {
    lastPosition: graph.input('last_position', 'int32', ['batch']),
    length: graph.input('sequence_length', 'int32', []),
    ...rotaryTables(network, sizes, config.rope_theta),
  };
  const rows = graph.input('rows', 'int64', ['m']);

  const norm = new ResidualNorm(config.rms_norm_eps, embeddings);
  for (let index = 0; index < sizes.layers; index++) {
    const layer = network.at(`model.layers.${index}`);
    const attended = selfAttention(
      layer.at('self_attn'),
      sizes,
      sequence,
      index,
      norm.next(layer, 'input_layernorm'),
    );
    norm.add(attended);
    norm.add(feedForward(layer.at('mlp'), norm.next(layer, 'post_attention_layernorm')));
  }
  const hidden = network.op('Gather', [norm.next(network, 'model.norm'), rows], { axis: 1 });
  const head = network.has('lm_head.weight') ? 'lm_head' : 'model.embed_tokens';
  graph.output('logits', network.linear(hidden, head), 'float32', ['batch', 'm', sizes.vocabulary]);
}

interface Sequence {
  readonly lastPosition: Value;
  readonly length: Value;
  readonly cosine: Value;
  readonly sine: Value;
}

function selfAttention(
  network: NetworkWriter,
  sizes: DecoderDimensions,
  sequence: Sequence,
  layer: number,
  x: Value,
): Value {
  const { graph } = network;
  const cacheShape = ['batch', sizes.keyValueHeads, 'capacity', sizes.headSize];
  const names = [`present_key_${layer}`, `present_value_${layer}`] as const;
  const [mixed] = graph.addWithOutputs(
    'GroupQueryAttention',
    [
      network.linear(x, 'q_proj'),
      network.linear(x, 'k_proj'),
      network.linear(x, 'v_proj'),
      graph.input(`past_key_${layer}`, 'float32', cacheShape),
      graph.input(`past_value_${layer}`, 'float32', cacheShape),
      sequence.lastPosition,
      sequence.length,
      sequence.cosine,
      sequence.sine,
    ],
    [`layer ${layer} attention`, ...names],
    { num_heads: sizes.heads, kv_num_heads: sizes.keyValueHeads, do_rotary: 1 },
    MICROSOFT_DOMAIN,
  );
  for (const name of names) graph.declareOutput(name, 'float32', cacheShape);
  return network.linear(mixed!, 'o_proj');
}

function feedForward(network: NetworkWriter, x: Value): Value {
  const gate = network.linear(x, 'gate_proj');
  const opened = network.product(gate, network.op('Sigmoid', [gate]));
  return network.linear(network.product(opened, network.linear(x, 'up_proj')), 'down_proj');
}

/** The residual stream: each addition is fused with the norm that follows it. */
class ResidualNorm {
  readonly #epsilon: number;
  #stream: Value;
  #pending: Value | null = null;

  constructor(epsilon: number, stream: Value) {
    this.#epsilon = epsilon;
    this.#stream = stream;
  }

  add(value: Value): void {
    this.#pending = value;
  }

  next(network: NetworkWriter, name: string): Value {
    const scale = network.weight(`${name}.weight`);
    const epsilon = { float: this.#epsilon };
    if (!this.#pending) {
      return network.op('SimplifiedLayerNormalization', [this.#stream, scale], { axis: -1, epsilon });
    }
    const results = [`${name}.normed`, '', '', `${name}.stream`];
    const inputs = [this.#stream, this.#pending, scale];
    const [normed, , , stream] = network.microsoft('SkipSimplifiedLayerNormalization', inputs, results, {
      epsilon,
    });
    this.#stream = stream!;
    this.#pending = null;
    return normed!;
  }
}

/** Cosines and sines [context, head size / 2], computed in float32 as the reference does; folded when loaded. */
function rotaryTables(network: NetworkWriter, sizes: DecoderDimensions, theta: number) {
  const { graph } = network;
  const half = sizes.headSize / 2;
  const rates = Float32Array.from({ length: half }, (_, index) => theta ** (-index / half));
  const positions = graph.constant(
    'positions',
    Float32Array.from({ length: sizes.context }, (_, p) => p),
    [sizes.context, 1],
  );
  const angles = network.op('Mul', [positions, graph.constant('rotary rates', rates, [1, half])]);
  return { cosine: network.op('Cos', [angles]), sine: network.op('Sin', [angles]) };
}
