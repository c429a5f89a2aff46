import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parseFlowConfig } from '../../../engine/convert/flow-config.ts';
import { decoderDimensions, parseModelConfig } from '../../../engine/convert/model-config.ts';
import { parseManifest } from '../../../engine/convert/package-manifest.ts';
import { parseTaggedYaml } from '../../../engine/convert/tagged-yaml.ts';
import { readTokenizer } from '../../../engine/reason/tokenizer.ts';
import { damaged, refusal, seeded, survives, temporaryFolder } from './damage.ts';

const { folder, dispose } = temporaryFolder();
afterAll(dispose);

const yaml = `flow: !new:some.package.Flow
    input_size: 32
    output_size: 80
    spk_embed_dim: 192
    output_type: 'mel'
    vocab_size: 6561
    encoder: !new:some.package.Encoder
        output_size: 32
        input_layer: 'linear'
        pre_lookahead_len: 3
        num_blocks: 2
        num_up_blocks: 1
        up_stride: 2
        attention_heads: 4
        pos_enc_layer_type: 'rel_pos_espnet'
        selfattention_layer_type: 'rel_selfattn'
        normalize_before: True
    decoder: !new:some.package.Decoder
        inference_cfg_rate: 0.7
        estimator: !new:some.package.Estimator
            in_channels: 320
            out_channels: 80
            depth: 2
            num_heads: 2
            head_dim: 16
            hidden_size: 48
`;
const bytesOf = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

test('flow.yaml, damaged or not, is read or refused', () => {
  expect(parseFlowConfig(yaml, 'flow.yaml').encoder.num_blocks).toBe(2);
  fc.assert(
    fc.property(damaged(bytesOf(yaml)), (bytes) => survives(() => parseFlowConfig(textOf(bytes), 'x'))),
    seeded(500),
  );
});

test('any text is no reason to hang', () => {
  const line = fc.string({
    unit: fc.constantFrom(' ', '\t', ':', '#', "'", '"', '!', 'a', '-', '&', '*', '{', '\n'),
  });
  fc.assert(
    fc.property(line, (text) => survives(() => parseTaggedYaml(text, 'x'))),
    seeded(500),
  );
  const long = ' '.repeat(200_000);
  for (const text of [
    `a: x${long}y`,
    `a:${long}`,
    `a: '${long}`,
    `${long}a: 1`,
    `a: ${'1'.repeat(200_000)}x`,
  ])
    survives(() => parseTaggedYaml(text, 'x'));
  const deep = Array.from({ length: 4000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n');
  survives(() => parseTaggedYaml(deep, 'x'));
});

test('tags that would run something are data or refused', () => {
  for (const text of [
    'flow: !apply:os.system\n    a: 1',
    'flow: !!python/object/apply:os.system ["id"]',
    'flow: !name:os.system',
    'flow: &a 1',
    'flow: *a',
    'flow: !include x.yaml',
    'flow: <<',
  ])
    expect(
      refusal(() => parseTaggedYaml(text, 'x')),
      text,
    ).toBe('model-incompatible');
});

const config = {
  model_type: 'step_audio_2',
  audio_encoder_config: {
    n_mels: 128,
    n_audio_ctx: 1500,
    n_audio_state: 64,
    n_audio_head: 4,
    n_audio_layer: 2,
  },
  text_config: {
    hidden_size: 64,
    num_hidden_layers: 2,
    num_attention_heads: 4,
    num_key_value_heads: 2,
    vocab_size: 7104,
  },
};

test('config.json, damaged or not, is read or refused', () => {
  fc.assert(
    fc.property(fc.oneof(damaged(bytesOf(config)), fc.jsonValue().map(bytesOf)), (bytes) =>
      survives(() => decoderDimensions(parseModelConfig(textOf(bytes), 'x').text_config)),
    ),
    seeded(500),
  );
});

test('dimensions that no network can have are refused', () => {
  const heads = { ...config.text_config, num_attention_heads: 5 };
  const groups = { ...config.text_config, num_key_value_heads: 3 };
  const context = { ...config.text_config, max_position_embeddings: 1e15 };
  for (const text_config of [heads, groups, context])
    expect(refusal(() => parseModelConfig(JSON.stringify({ ...config, text_config }), 'x'))).toBe(
      'model-incompatible',
    );
});

const sha256 = '0'.repeat(64);
const names = ['a.onnx', 'b.onnx', 'c.onnx', 'tokenizer.json', 'config.json', 'model.safetensors'];
const manifest = {
  format: 1,
  family: 'step-audio-2',
  id: 'tiny',
  name: 'Tiny',
  description: '',
  version: '1',
  licence: 'x',
  languages: ['en'],
  speaks: 'light-voice',
  wordsReplies: true,
  dimensions: {
    melBands: 1,
    encoderState: 1,
    encoderLayers: 1,
    decoderHidden: 1,
    decoderLayers: 1,
    vocabulary: 1,
    context: 1,
  },
  specialTokens: {},
  parts: {
    audioEncoder: 'a.onnx',
    audioAdaptor: 'b.onnx',
    speechDecoder: 'c.onnx',
    tokenizer: 'tokenizer.json',
    config: 'config.json',
    weights: 'model.safetensors',
  },
  files: names.map((path) => ({ path, bytes: 1, sha256 })),
};

test('model.json, damaged or not, is read or refused', () => {
  fc.assert(
    fc.property(fc.oneof(damaged(bytesOf(manifest)), fc.jsonValue().map(bytesOf)), (bytes) =>
      survives(() => parseManifest(textOf(bytes), 'x')),
    ),
    seeded(500),
  );
});

test('paths that leave the package are refused in model.json', () => {
  const outside = ['../x', 'a/../../x', '/x', '//server/x', '.', './x', 'a//b', '', 'a\0b'];
  const windows = ['C:/x', 'C:x', '\\x', '\\\\server\\share', 'a\\..\\x', '\\\\?\\C:\\x'];
  for (const path of [...outside, ...windows]) {
    const files = [...manifest.files, { path, bytes: 1, sha256 }];
    expect(
      refusal(() => parseManifest(JSON.stringify({ ...manifest, files }), 'x')),
      path,
    ).toBe('model-damaged');
  }
});

const tokenizer = {
  version: '1.0',
  added_tokens: [{ id: 6, content: '<|EOT|>', special: true, normalized: false }],
  normalizer: { type: 'NFC' },
  pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false },
  decoder: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: false, use_regex: false },
  model: { type: 'BPE', vocab: { a: 0, b: 1, c: 2, ab: 3, abc: 4, d: 5 }, merges: ['a b', 'ab c'] },
};

test('tokenizer.json, damaged or not, is read or refused', () => {
  const file = join(folder, 'tokenizer.json');
  const read = (content: unknown) => {
    writeFileSync(file, content instanceof Uint8Array ? content : bytesOf(content));
    survives(() => readTokenizer(file));
  };
  read(tokenizer);
  fc.assert(
    fc.property(fc.oneof(damaged(bytesOf(tokenizer)), fc.jsonValue().map(bytesOf)), read),
    seeded(400),
  );
  const part = fc.oneof(fc.jsonValue(), fc.constantFrom('BPE', 'Sequence', 'Split'));
  fc.assert(
    fc.property(
      fc.constantFrom('added_tokens', 'normalizer', 'pre_tokenizer', 'decoder', 'model'),
      part,
      (key, value) => read({ ...tokenizer, [key]: value }),
    ),
    seeded(200),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.oneof(fc.integer(), fc.double(), fc.string())), (vocab) =>
      read({ ...tokenizer, model: { ...tokenizer.model, vocab } }),
    ),
    seeded(100),
  );
});
