import { randomFillSync } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { official } from './official-shapes.ts';
import { writeRepeated } from './random-numbers.ts';

/** Numbers of the file format for kinds of tensors: numbers in a block, and its bytes. */
const kinds = {
  F32: { id: 0, numbers: 1, bytes: 4 },
  Q4_0: { id: 2, numbers: 32, bytes: 18 },
  Q6_K: { id: 14, numbers: 256, bytes: 210 },
} as const;
type Kind = keyof typeof kinds;

const ALIGNMENT = 32;
/** Half precision: 2 ^ -9, a usual scale of a block. */
const SCALE = 0x1800;

interface GgufTensor {
  readonly name: string;
  /** Columns first, as the format wants it. */
  readonly shape: readonly number[];
  readonly kind: Kind;
}

/** A language model of the official shape with random weights for llama.cpp: four bits, its usual six for the output. */
export function writeRandomGguf(path: string, layers: number): void {
  const tensors = tensorsOf(layers);
  let offset = 0;
  const infos = tensors.map((tensor) => {
    const info = Buffer.concat([
      text(tensor.name),
      u32(tensor.shape.length),
      ...tensor.shape.map(u64),
      u32(kinds[tensor.kind].id),
      u64(offset),
    ]);
    offset += padded(bytesOf(tensor));
    return info;
  });
  const metadata = metadataOf(layers);
  const header = Buffer.concat([
    Buffer.from('GGUF'),
    u32(3),
    u64(tensors.length),
    u64(metadata.length),
    ...metadata,
    ...infos,
  ]);
  const file = openSync(path, 'w');
  writeSync(file, header);
  writeSync(file, Buffer.alloc(padded(header.length) - header.length));
  const blocks = { F32: onesBlock(), Q4_0: quantised('Q4_0', 0), Q6_K: quantised('Q6_K', 208) };
  for (const tensor of tensors) {
    const bytes = bytesOf(tensor);
    writeRepeated(file, blocks[tensor.kind], bytes);
    writeSync(file, Buffer.alloc(padded(bytes) - bytes));
  }
  closeSync(file);
}

function tensorsOf(layers: number): GgufTensor[] {
  const { hidden, intermediate, heads, keyValueHeads, vocabulary } = official;
  const keyValues = (hidden / heads) * keyValueHeads;
  const vector = (name: string, size: number): GgufTensor => ({ name, shape: [size], kind: 'F32' });
  const matrix = (name: string, inputs: number, outputs: number, kind: Kind = 'Q4_0'): GgufTensor => ({
    name: `${name}.weight`,
    shape: [inputs, outputs],
    kind,
  });
  const layer = (index: number): GgufTensor[] => {
    const at = `blk.${index}`;
    return [
      vector(`${at}.attn_norm.weight`, hidden),
      vector(`${at}.ffn_norm.weight`, hidden),
      matrix(`${at}.attn_q`, hidden, hidden),
      vector(`${at}.attn_q.bias`, hidden),
      matrix(`${at}.attn_k`, hidden, keyValues),
      vector(`${at}.attn_k.bias`, keyValues),
      matrix(`${at}.attn_v`, hidden, keyValues),
      vector(`${at}.attn_v.bias`, keyValues),
      matrix(`${at}.attn_output`, hidden, hidden),
      matrix(`${at}.ffn_gate`, hidden, intermediate),
      matrix(`${at}.ffn_up`, hidden, intermediate),
      matrix(`${at}.ffn_down`, intermediate, hidden),
    ];
  };
  return [
    matrix('token_embd', hidden, vocabulary),
    ...Array.from({ length: layers }, (_, index) => layer(index)).flat(),
    vector('output_norm.weight', hidden),
    matrix('output', hidden, vocabulary, 'Q6_K'),
  ];
}

function metadataOf(layers: number): Buffer[] {
  const count = (name: string, value: number) => Buffer.concat([text(name), u32(4), u32(value)]);
  const real = (name: string, value: number) => Buffer.concat([text(name), u32(6), f32(value)]);
  const words = (name: string, value: string) => Buffer.concat([text(name), u32(8), text(value)]);
  const list = (name: string, type: number, items: Buffer[]) =>
    Buffer.concat([text(name), u32(9), u32(type), u64(items.length), ...items]);
  const vocabulary = Array.from({ length: official.vocabulary }, (_, id) => id);
  return [
    words('general.architecture', 'qwen2'),
    words('general.name', 'random'),
    count('qwen2.block_count', layers),
    count('qwen2.context_length', official.context),
    count('qwen2.embedding_length', official.hidden),
    count('qwen2.feed_forward_length', official.intermediate),
    count('qwen2.attention.head_count', official.heads),
    count('qwen2.attention.head_count_kv', official.keyValueHeads),
    real('qwen2.attention.layer_norm_rms_epsilon', 1e-6),
    real('qwen2.rope.freq_base', 1_000_000),
    words('tokenizer.ggml.model', 'gpt2'),
    words('tokenizer.ggml.pre', 'qwen2'),
    list(
      'tokenizer.ggml.tokens',
      8,
      vocabulary.map((id) => text(id < 256 ? `<${id}>` : `t${id}`)),
    ),
    list(
      'tokenizer.ggml.token_type',
      5,
      vocabulary.map(() => u32(1)),
    ),
    list('tokenizer.ggml.merges', 8, [text('t 1')]),
    count('tokenizer.ggml.eos_token_id', 1),
    count('tokenizer.ggml.bos_token_id', 1),
  ];
}

function bytesOf({ shape, kind }: GgufTensor): number {
  const { numbers, bytes } = kinds[kind];
  return (shape.reduce((product, size) => product * size, 1) / numbers) * bytes;
}

/** Random codes; each block's scale is an ordinary number. */
function quantised(kind: 'Q4_0' | 'Q6_K', scaleAt: number): Buffer {
  const { bytes } = kinds[kind];
  const block = Buffer.alloc(bytes * 65_536);
  randomFillSync(block);
  for (let at = 0; at < block.length; at += bytes) block.writeUInt16LE(SCALE, at + scaleAt);
  return block;
}

function onesBlock(): Buffer {
  return Buffer.from(new Float32Array(65_536).fill(1).buffer);
}

const padded = (bytes: number) => Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
function f32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return bytes;
}
function u64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}
