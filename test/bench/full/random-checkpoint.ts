import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { GraphWriter } from '../../../engine/onnx/graph-writer.ts';
import { storedZipHeader } from './stored-zip.ts';
import {
  flowShapes,
  listeningShapes,
  official,
  reasoningShapes,
  vocoderShapes,
  type Shapes,
} from './official-shapes.ts';
import { RandomNumbers } from './random-numbers.ts';
import { statePickle } from './state-pickle.ts';
import { writeTokenizer } from './full-tokenizer.ts';

/** A checkpoint in the official layout and of the official dimensions, except the number of layers; random weights. */
export function writeRandomCheckpoint(folder: string, layers: number, audioLayers: number): void {
  const speech = join(folder, 'token2wav');
  mkdirSync(speech, { recursive: true });
  const numbers = new RandomNumbers();
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config(layers, audioLayers), null, 1));
  writeTokenizer(folder);
  writeSafetensors(
    join(folder, 'model.safetensors'),
    [...listeningShapes(audioLayers), ...reasoningShapes(layers)],
    numbers,
  );
  writeFileSync(join(speech, 'flow.yaml'), flowDescription());
  writeState(join(speech, 'flow.pt'), 'flow', flowShapes(), numbers);
  writeState(join(speech, 'hift.pt'), 'hift', vocoderShapes(), numbers);
  writeFileSync(join(speech, 'campplus.onnx'), speakerModel());
  writeFileSync(join(speech, 'speech_tokenizer_v2_25hz.onnx'), speechTokenizer());
}

function config(layers: number, audioLayers: number): object {
  return {
    architectures: ['StepAudio2ForCausalLM'],
    model_type: 'step_audio_2',
    audio_encoder_config: {
      n_mels: official.melBands,
      n_audio_ctx: official.audioContext,
      n_audio_state: official.audioState,
      n_audio_head: official.audioHeads,
      n_audio_layer: audioLayers,
      llm_dim: official.hidden,
      kernel_size: 3,
      adapter_stride: 2,
    },
    text_config: {
      hidden_size: official.hidden,
      intermediate_size: official.intermediate,
      num_hidden_layers: layers,
      num_attention_heads: official.heads,
      num_attention_groups: official.keyValueHeads,
      num_key_value_heads: official.keyValueHeads,
      vocab_size: official.vocabulary,
      max_position_embeddings: official.context,
      rms_norm_eps: 1e-6,
      rope_theta: 1_000_000,
      eos_token_id: 151_643,
    },
    torch_dtype: 'bfloat16',
  };
}

function writeSafetensors(path: string, shapes: Shapes, numbers: RandomNumbers): void {
  let end = 0;
  const header = Object.fromEntries(
    shapes.map(([name, shape]) => {
      const start = end;
      end += shape.reduce((product, size) => product * size, 2);
      return [name, { dtype: 'BF16', shape, data_offsets: [start, end] }];
    }),
  );
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const file = openSync(path, 'w');
  writeSync(file, Buffer.concat([length, text]));
  for (const [name, shape] of shapes) numbers.write(file, name, shape, 2);
  closeSync(file);
}

/** As `torch.save` writes it: a pickle and one raw storage a tensor, in a zip file. */
function writeState(path: string, root: string, shapes: Shapes, numbers: RandomNumbers): void {
  const file = openSync(path, 'w');
  const pickle = statePickle(shapes);
  const zip = storedZipHeader(file);
  zip.member(`${root}/data.pkl`, pickle.length, () => writeSync(file, pickle));
  for (const [index, [name, shape]] of shapes.entries()) {
    const bytes = shape.reduce((product, size) => product * size, 4);
    zip.member(`${root}/data/${index}`, bytes, () => numbers.write(file, name, shape, 4));
  }
  zip.finish();
  closeSync(file);
}

function flowDescription(): string {
  const { flowSize, flowBlocks, flowUpBlocks, flowHeads, flowLinear, flowHeadSize, estimatorBlocks } =
    official;
  return `flow: !new:random.Flow
    input_size: ${flowSize}
    output_size: ${official.bands}
    spk_embed_dim: ${official.speakerEmbedding}
    output_type: 'mel'
    vocab_size: ${official.speechCodes}
    encoder: !new:random.Encoder
        input_size: ${flowSize}
        output_size: ${flowSize}
        input_layer: 'linear'
        pre_lookahead_len: 3
        num_blocks: ${flowBlocks}
        num_up_blocks: ${flowUpBlocks}
        up_stride: 2
        up_scale_factor: 2
        attention_heads: ${flowHeads}
        pos_enc_layer_type: 'rel_pos_espnet'
        selfattention_layer_type: 'rel_selfattn'
        key_bias: true
        linear_units: ${flowLinear}
        normalize_before: True
    decoder: !new:random.Decoder
        inference_cfg_rate: 0.7
        estimator: !new:random.Estimator
            in_channels: ${4 * official.bands}
            out_channels: ${official.bands}
            mlp_ratio: 4.0
            depth: ${estimatorBlocks}
            num_heads: ${flowHeads}
            head_dim: ${flowHeadSize}
            hidden_size: ${flowSize}
`;
}

/** Stand-ins with the interfaces of the two ready graphs; what they compute is not timed. */
function speakerModel(): Uint8Array {
  const graph = new GraphWriter('speaker-model');
  const input = graph.input('input', 'float32', ['batch', 'frame', official.bands]);
  const mean = graph.add('ReduceMean', [input, graph.integers(1)], { keepdims: 0 });
  const padding = graph.integers(0, 0, 0, official.speakerEmbedding - official.bands);
  graph.output('output', graph.add('Pad', [mean, padding]), 'float32', ['batch', official.speakerEmbedding]);
  return graph.toBytes();
}

function speechTokenizer(): Uint8Array {
  const graph = new GraphWriter('speech-tokenizer');
  const mel = graph.input('feats', 'float32', [1, official.melBands, 'frame']);
  const length = graph.input('feats_length', 'int32', [1]);
  const first = graph.add('Slice', [
    mel,
    graph.integers(0),
    graph.integers(1),
    graph.integers(1),
    graph.integers(1),
  ]);
  const codes = graph.add('Cast', [graph.add('Squeeze', [first, graph.integers(1)])], { to: 6 });
  graph.output('indices', graph.add('Mul', [codes, graph.add('Sub', [length, length])]), 'int32', [
    1,
    'token',
  ]);
  return graph.toBytes();
}
