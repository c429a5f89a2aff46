import { GraphWriter } from '../onnx/graph-writer.ts';
import type { ModelConfig } from './model-config.ts';
import { NetworkWriter } from './network-writer.ts';
import { audioAdaptor } from './networks/audio-adaptor.ts';
import { audioEncoder } from './networks/audio-encoder.ts';
import { ctcHead } from './networks/ctc-head.ts';
import { speechDecoder } from './networks/speech-decoder.ts';
import { tagHead } from './networks/tag-head.ts';
import type { WeightSource } from './weight-source.ts';

/** The graphs of a Step-Audio 2 model as ONNX files, by file name. */
export function writeGraphs(config: ModelConfig, weights: WeightSource): ReadonlyMap<string, Uint8Array> {
  return new Map([
    ['audio-encoder.onnx', audioEncoderGraph(config, weights)],
    ['audio-adaptor.onnx', audioAdaptorGraph(config, weights)],
    ['speech-decoder.onnx', speechDecoderGraph(config, weights)],
  ]);
}

/** `mel` to `features`, with the phones and tags of models that have those heads. */
function audioEncoderGraph(config: ModelConfig, weights: WeightSource): Uint8Array {
  const graph = new GraphWriter('audio-encoder');
  const network = new NetworkWriter(graph, weights);
  const audio = config.audio_encoder_config;
  const mel = graph.input('mel', 'float32', [1, audio.n_mels, 'mel frame']);
  const features = audioEncoder(network, audio, mel);
  graph.output('features', features, 'float32', [1, 'frame', audio.n_audio_state]);
  if (config.ctc_config) {
    const labels = config.ctc_config.labels.length;
    const phones = ctcHead(network, labels, features);
    graph.output('ctc_log_probabilities', phones, 'float32', [1, 'slot', labels]);
  }
  if (config.tag_config) {
    const values = config.tag_config.groups.reduce((sum, group) => sum + group.values.length, 0);
    graph.output('tag_logits', tagHead(network, features), 'float32', [1, values]);
  }
  return graph.toBytes();
}

function audioAdaptorGraph(config: ModelConfig, weights: WeightSource): Uint8Array {
  const graph = new GraphWriter('audio-adaptor');
  const { n_audio_state: state } = config.audio_encoder_config;
  const features = graph.input('features', 'float32', [1, 'frame', state]);
  const rows = audioAdaptor(new NetworkWriter(graph, weights), config.audio_encoder_config, features);
  graph.output('audio_embeddings', rows, 'float32', [1, 'row', config.text_config.hidden_size]);
  return graph.toBytes();
}

function speechDecoderGraph(config: ModelConfig, weights: WeightSource): Uint8Array {
  const graph = new GraphWriter('speech-decoder');
  speechDecoder(new NetworkWriter(graph, weights), config.text_config);
  return graph.toBytes();
}
