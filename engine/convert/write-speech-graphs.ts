import { GraphWriter } from '../onnx/graph-writer.ts';
import type { FlowConfig } from './flow-config.ts';
import { NetworkWriter } from './network-writer.ts';
import { flowEncoder } from './networks/flow-encoder.ts';
import { flowEstimator } from './networks/flow-estimator.ts';
import { hiftVocoder } from './networks/hift-vocoder.ts';
import { pitchPredictor } from './networks/pitch-predictor.ts';
import { speakerProjection } from './networks/speaker-projection.ts';
import type { WeightSource } from './weight-source.ts';

/** The graphs that turn speech tokens into mel, by file name. */
export function writeFlowGraphs(config: FlowConfig, weights: WeightSource): ReadonlyMap<string, Uint8Array> {
  const written = (name: string, write: (network: NetworkWriter) => void): [string, Uint8Array] => {
    const graph = new GraphWriter(name);
    write(new NetworkWriter(graph, weights));
    return [`${name}.onnx`, graph.toBytes()];
  };
  return new Map([
    written('flow-encoder', (network) => flowEncoder(network, config)),
    written('flow-estimator', (network) => flowEstimator(network, config)),
    written('speaker-projection', (network) => {
      const embedding = network.graph.input('embedding', 'float32', [1, config.spk_embed_dim]);
      const speaker = speakerProjection(network, embedding);
      network.graph.output('speaker', speaker, 'float32', [1, config.output_size]);
    }),
  ]);
}

/** The graphs that turn mel into sound, by file name. `weights` may carry a leading `generator.` in their names. */
export function writeVocoderGraphs(weights: WeightSource, melBands: number): ReadonlyMap<string, Uint8Array> {
  const scope = weights.shape('generator.conv_pre.bias') ? 'generator' : '';
  const written = (name: string, write: (network: NetworkWriter) => void): [string, Uint8Array] => {
    const graph = new GraphWriter(name);
    write(new NetworkWriter(graph, weights, scope));
    return [`${name}.onnx`, graph.toBytes()];
  };
  return new Map([
    written('pitch-predictor', (network) => {
      const mel = network.graph.input('mel', 'float32', [1, melBands, 'T']);
      network.graph.output('pitch', pitchPredictor(network, mel), 'float32', [1, 'T']);
    }),
    written('hift-vocoder', (network) => {
      const mel = network.graph.input('mel', 'float32', [1, melBands, 'T']);
      const source = network.graph.input('source', 'float32', [1, 1, 'sample']);
      network.graph.output('wave', hiftVocoder(network, mel, source), 'float32', [1, 'sample']);
    }),
  ]);
}
