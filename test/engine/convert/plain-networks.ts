import type { Checkpoint } from '../../../engine/convert/checkpoint.ts';
import type { ModelConfig } from '../../../engine/convert/model-config.ts';

/** Rows of equal length. */
export type Matrix = readonly Float64Array[];

/**
 * The starter's networks in plain loops and double precision, straight from the checkpoint: what its graphs are
 * compared with. Weights by their official names, [out, in]; time runs over the rows.
 */
export class PlainNetworks {
  readonly #checkpoint: Checkpoint;
  readonly #config: ModelConfig;

  constructor(checkpoint: Checkpoint, config: ModelConfig) {
    this.#checkpoint = checkpoint;
    this.#config = config;
  }

  /** mel [frame][band] to features [frame / 4][state]. */
  features(mel: Matrix): Matrix {
    const audio = this.#config.audio_encoder_config;
    const [first, second] = audio.conv_strides!;
    let x = map(this.#convolution(mel, 'encoder.conv1', first), gelu);
    x = map(this.#convolution(x, 'encoder.conv2', second), gelu);
    x = sum(x, this.#rows('encoder.positional_embedding.weight').slice(0, x.length));
    for (let layer = 0; layer < audio.n_audio_layer; layer++) {
      const at = `encoder.blocks.${layer}`;
      const normed = this.#layerNorm(x, `${at}.attn_ln`);
      const [query, key, value] = ['query', 'key', 'value'].map((name) =>
        this.#linear(normed, `${at}.attn.${name}`),
      ) as [Matrix, Matrix, Matrix];
      const mixed = attention(query, key, value, audio.n_audio_head, audio.n_audio_head, false);
      x = sum(x, this.#linear(mixed, `${at}.attn.out`));
      x = sum(x, this.#depthwise(this.#layerNorm(x, `${at}.conv_ln`), `${at}.conv`));
      const hidden = map(this.#linear(this.#layerNorm(x, `${at}.mlp_ln`), `${at}.mlp.0`), gelu);
      x = sum(x, this.#linear(hidden, `${at}.mlp.2`));
    }
    return this.#layerNorm(x, 'encoder.after_norm');
  }

  /** features to log-probabilities [slot][label]. */
  phones(features: Matrix): Matrix {
    const labels = this.#config.ctc_config!.labels.length;
    const logits = this.#linear(map(this.#linear(features, 'ctc.linear1'), gelu), 'ctc.linear2');
    const slots = logits.flatMap((row) =>
      Array.from({ length: row.length / labels }, (_, slot) =>
        row.subarray(slot * labels, (slot + 1) * labels),
      ),
    );
    return slots.map((row) => {
      const offset = Math.log(row.reduce((total, value) => total + Math.exp(value), 0));
      return row.map((value) => value - offset);
    });
  }

  /** features to tag logits [1][value]. */
  tags(features: Matrix): Matrix {
    const count = features.length;
    const mean = features[0]!.map((_, at) => features.reduce((total, row) => total + row[at]! / count, 0));
    const deviation = mean.map((middle, at) =>
      Math.sqrt(features.reduce((total, row) => total + (row[at]! - middle) ** 2 / count, 0) + 1e-8),
    );
    const pooled = [Float64Array.from([...mean, ...deviation])];
    return this.#linear(map(this.#linear(pooled, 'tags.linear1'), relu), 'tags.linear2');
  }

  /** features to decoder rows [frame / 2][hidden]. */
  audioRows(features: Matrix): Matrix {
    const convolved = this.#convolution(
      features,
      'adapter.conv',
      this.#config.audio_encoder_config.adapter_stride,
    );
    return this.#linear(map(this.#linear(map(convolved, gelu), 'adapter.linear1'), relu), 'adapter.linear2');
  }

  /** decoder rows to logits [position][vocabulary]. */
  logits(rows: Matrix): Matrix {
    const text = this.#config.text_config;
    const heads = text.num_attention_heads;
    const groups = text.num_key_value_heads ?? heads;
    let x = rows;
    for (let layer = 0; layer < text.num_hidden_layers; layer++) {
      const at = `model.layers.${layer}`;
      const normed = this.#rootNorm(x, `${at}.input_layernorm`);
      const [query, key, value] = ['q_proj', 'k_proj', 'v_proj'].map((name) =>
        this.#linear(normed, `${at}.self_attn.${name}`),
      ) as [Matrix, Matrix, Matrix];
      const size = text.hidden_size / heads;
      const turned = [query, key].map((part) => rotated(part, size, text.rope_theta)) as [Matrix, Matrix];
      x = sum(
        x,
        this.#linear(attention(turned[0], turned[1], value, heads, groups, true), `${at}.self_attn.o_proj`),
      );
      const next = this.#rootNorm(x, `${at}.post_attention_layernorm`);
      const gate = map(this.#linear(next, `${at}.mlp.gate_proj`), (value) => value / (1 + Math.exp(-value)));
      const up = this.#linear(next, `${at}.mlp.up_proj`);
      const opened = gate.map((row, at) => row.map((value, index) => value * up[at]![index]!));
      x = sum(x, this.#linear(opened, `${at}.mlp.down_proj`));
    }
    return this.#linear(this.#rootNorm(x, 'model.norm'), 'lm_head');
  }

  #rows(name: string): Matrix {
    const { shape } = this.#checkpoint.tensors.get(name)!;
    const values = this.#checkpoint.readFloat32(name);
    const width = values.length / shape[0]!;
    return Array.from({ length: shape[0]! }, (_, row) =>
      Float64Array.from(values.subarray(row * width, (row + 1) * width)),
    );
  }

  #bias(name: string, size: number): ArrayLike<number> {
    return this.#checkpoint.tensors.has(`${name}.bias`)
      ? this.#checkpoint.readFloat32(`${name}.bias`)
      : new Float64Array(size);
  }

  #linear(x: Matrix, name: string): Matrix {
    const weight = this.#rows(`${name}.weight`);
    const bias = this.#bias(name, weight.length);
    return x.map((row) => Float64Array.from(weight, (out, at) => dot(out, row) + bias[at]!));
  }

  /** Kernel three, one zero on both sides. */
  #convolution(x: Matrix, name: string, stride: number): Matrix {
    const weight = this.#rows(`${name}.weight`);
    const bias = this.#bias(name, weight.length);
    const zeros = new Float64Array(x[0]!.length);
    return Array.from({ length: Math.floor((x.length - 1) / stride) + 1 }, (_, frame) => {
      const seen = [-1, 0, 1].map((offset) => x[frame * stride + offset] ?? zeros);
      const window = Float64Array.from(
        { length: 3 * zeros.length },
        (_unused, at) => seen[at % 3]![Math.floor(at / 3)]!,
      );
      return Float64Array.from(weight, (out, at) => dot(out, window) + bias[at]!);
    });
  }

  #depthwise(x: Matrix, name: string): Matrix {
    const weight = this.#rows(`${name}.weight`);
    const bias = this.#bias(name, weight.length);
    const reach = (weight[0]!.length - 1) / 2;
    return x.map((row, frame) =>
      row.map((_, channel) =>
        weight[channel]!.reduce(
          (total, tap, at) => total + tap * (x[frame + at - reach]?.[channel] ?? 0),
          bias[channel]!,
        ),
      ),
    );
  }

  #layerNorm(x: Matrix, name: string): Matrix {
    const weight = this.#checkpoint.readFloat32(`${name}.weight`);
    const bias = this.#bias(name, weight.length);
    return x.map((row) => {
      const mean = row.reduce((total, value) => total + value, 0) / row.length;
      const variance = row.reduce((total, value) => total + (value - mean) ** 2, 0) / row.length;
      return row.map((value, at) => ((value - mean) / Math.sqrt(variance + 1e-5)) * weight[at]! + bias[at]!);
    });
  }

  #rootNorm(x: Matrix, name: string): Matrix {
    const weight = this.#checkpoint.readFloat32(`${name}.weight`);
    const epsilon = this.#config.text_config.rms_norm_eps;
    return x.map((row) => {
      const scale = 1 / Math.sqrt(dot(row, row) / row.length + epsilon);
      return row.map((value, at) => value * scale * weight[at]!);
    });
  }
}

function attention(
  query: Matrix,
  key: Matrix,
  value: Matrix,
  heads: number,
  groups: number,
  isCausal: boolean,
): Matrix {
  const size = query[0]!.length / heads;
  return query.map((row, position) => {
    const mixed = new Float64Array(row.length);
    for (let head = 0; head < heads; head++) {
      const from = Math.floor((head * groups) / heads) * size;
      const asked = row.subarray(head * size, (head + 1) * size);
      const seen = isCausal ? key.slice(0, position + 1) : key;
      const scores = seen.map((other) => dot(asked, other.subarray(from, from + size)) / Math.sqrt(size));
      const largest = Math.max(...scores);
      const weights = scores.map((score) => Math.exp(score - largest));
      const total = weights.reduce((all, weight) => all + weight, 0);
      weights.forEach((weight, at) => {
        for (let index = 0; index < size; index++)
          mixed[head * size + index]! += (weight / total) * value[at]![from + index]!;
      });
    }
    return mixed;
  });
}

/** The first half of each head is turned together with its second half. */
function rotated(x: Matrix, size: number, theta: number): Matrix {
  const half = size / 2;
  return x.map((row, position) =>
    row.map((value, at) => {
      const place = at % size;
      const angle = position * theta ** (-(place % half) / half);
      const partner = place < half ? -row[at + half]! : row[at - half]!;
      return value * Math.cos(angle) + partner * Math.sin(angle);
    }),
  );
}

function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let index = 0; index < a.length; index++) total += a[index]! * b[index]!;
  return total;
}

function sum(a: Matrix, b: Matrix): Matrix {
  return a.map((row, at) => row.map((value, index) => value + b[at]![index]!));
}

function map(x: Matrix, apply: (value: number) => number): Matrix {
  return x.map((row) => row.map(apply));
}

const relu = (value: number) => Math.max(0, value);
const gelu = (value: number) => 0.5 * value * (1 + erf(value / Math.SQRT2));

/** The series where it converges fast, the tail where nothing is left of it. */
function erf(x: number): number {
  if (Math.abs(x) > 5) return Math.sign(x);
  let [term, total] = [x, x];
  for (let index = 1; Math.abs(term) > 1e-17; index++) {
    term *= (-x * x) / index;
    total += term / (2 * index + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * total;
}
