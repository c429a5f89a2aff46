import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../contract/user-errors.ts';
import { parseFlowConfig } from '../../../engine/convert/flow-config.ts';
import { parseTaggedYaml } from '../../../engine/convert/tagged-yaml.ts';

const description = `flow: !new:package.Flow
    input_size: 512
    output_size: 80
    spk_embed_dim: 192
    output_type: 'mel'
    vocab_size: 6561   # codes
    encoder: !new:package.Encoder
        output_size: 512
        input_layer: 'linear'
        pre_lookahead_len: 3
        num_blocks: 6
        num_up_blocks: 4
        up_stride: 2
        attention_heads: 8
        pos_enc_layer_type: 'rel_pos_espnet'
        selfattention_layer_type: 'rel_selfattn'
        dropout_rate: 0.1
        normalize_before: True
    decoder: !new:package.Matching
        inference_cfg_rate: 0.7
        estimator: !new:package.Estimator
            in_channels: 320
            out_channels: 80
            mlp_ratio: 4.0
            depth: 16
            num_heads: 8
            head_dim: 64
            hidden_size: 512
`;

test('a description gives its sizes, with tags taken as plain data', () => {
  const config = parseFlowConfig(description, 'flow.yaml');
  expect(config.encoder).toMatchObject({ num_blocks: 6, attention_heads: 8 });
  expect(config.decoder).toMatchObject({ inference_cfg_rate: 0.7, estimator: { depth: 16, head_dim: 64 } });
  const flow = parseTaggedYaml(description, 'flow.yaml').entries.get('flow');
  expect(flow).toMatchObject({ tag: 'package.Flow' });
});

test('line ends of Windows and blank lines change nothing', () => {
  const other = description.replaceAll('\n', '\r\n\r\n');
  expect(parseFlowConfig(other, 'flow.yaml')).toEqual(parseFlowConfig(description, 'flow.yaml'));
});

test('a missing field is named', () => {
  expect(() => parseFlowConfig(description.replace(/.*depth.*\n/, ''), 'flow.yaml')).toThrow(
    expect.objectContaining({
      code: 'model-incompatible',
      details: expect.objectContaining({ reason: expect.stringContaining('depth') }),
    }),
  );
});

describe('refused', () => {
  test.each([
    'a: !apply:os.system ["echo"]',
    'a: !new:os.system',
    'a: !!python/object:os.system',
    'a: !name:os.system',
    'a: !ref <b>',
    'a: &anchor 1',
    'a: *anchor',
    'a: [1, 2]',
    'a: {b: 1}',
    '- a',
    'a: 1\na: 2',
    'a: 1\n    b: 2',
    'a:\n    b: 1\n  c: 2',
    '!include file',
    'a: "\\x41"',
    'a: |',
    '"a": 1',
  ])('%s', (text) => {
    expect(() => parseTaggedYaml(text, 'flow.yaml')).toThrow(UserError);
  });
});

test('whatever the text, reading it works or gives an error for people', () => {
  fc.assert(
    fc.property(fc.nat(description.length - 1), fc.string({ maxLength: 4 }), (at, inserted) => {
      try {
        parseFlowConfig(description.slice(0, at) + inserted + description.slice(at + 1), 'flow.yaml');
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
      }
    }),
    { numRuns: 500 },
  );
});
