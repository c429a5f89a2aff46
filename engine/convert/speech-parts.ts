import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../contract/user-errors.ts';
import { externalLocationsOf } from '../onnx/external-locations.ts';
import type { Checkpoint, StoredTensor } from './checkpoint.ts';
import { parseFlowConfig, type FlowConfig } from './flow-config.ts';
import type { PackageManifest } from './package-manifest.ts';
import { openTorchCheckpoint } from './torch-checkpoint.ts';
import { referencedInPlace, type WeightSource } from './weight-source.ts';
import { writeFlowGraphs, writeVocoderGraphs } from './write-speech-graphs.ts';

/** Where the official checkpoints keep what makes speech tokens audible. */
export const SPEECH_FOLDER = 'token2wav';

/** Names inside the speech folder. The last two are graphs already and stay as they are. */
const speechParts = {
  flowConfig: 'flow.yaml',
  flowEncoder: 'flow-encoder.onnx',
  flowEstimator: 'flow-estimator.onnx',
  speakerProjection: 'speaker-projection.onnx',
  pitchPredictor: 'pitch-predictor.onnx',
  vocoder: 'hift-vocoder.onnx',
  vocoderWeights: 'hift.pt',
  speechTokenizer: 'speech_tokenizer_v2_25hz.onnx',
  speakerModel: 'campplus.onnx',
} as const;
const readyGraphs = [speechParts.speechTokenizer, speechParts.speakerModel] as const;
/** Files of the speaking half that a package takes over as they are. */
export const copiedSpeechFiles = [
  speechParts.flowConfig,
  speechParts.vocoderWeights,
  ...readyGraphs,
] as const;

export interface SpeechParts {
  /** For the manifest: parts by name, as paths in the package. */
  readonly parts: NonNullable<PackageManifest['speech']>;
  /** Graphs to be written, by path in the package. */
  readonly graphs: ReadonlyMap<string, Uint8Array>;
}

/** The speaking half of a checkpoint, still as it was published. */
export interface SpeechSource {
  readonly config: FlowConfig;
  readonly flow: Checkpoint;
  readonly vocoder: Checkpoint;
}

/** Undefined when the checkpoint has no speaking half. */
export function openSpeechSource(folder: string): SpeechSource | undefined {
  const speech = join(folder, SPEECH_FOLDER);
  if (!existsSync(speech)) return undefined;
  for (const name of ['flow.pt', speechParts.speechTokenizer, speechParts.speakerModel]) {
    if (!existsSync(join(speech, name))) throw new UserError('model-missing', { file: join(speech, name) });
  }
  for (const name of readyGraphs) {
    const file = join(speech, name);
    if (externalLocationsOf(file).size === 0) continue;
    throw new UserError('model-incompatible', { file, reason: 'keeps its weights in other files' });
  }
  const configFile = join(speech, speechParts.flowConfig);
  if (!existsSync(configFile)) throw new UserError('model-missing', { file: configFile });
  return {
    config: parseFlowConfig(readFileSync(configFile, 'utf8'), configFile),
    flow: openTorchCheckpoint(join(speech, 'flow.pt')),
    vocoder: openTorchCheckpoint(join(speech, speechParts.vocoderWeights)),
  };
}

/** Its tensors; those of ready graphs are not counted. */
export function speechTensors({ flow, vocoder }: SpeechSource): StoredTensor[] {
  return [...flow.tensors.values(), ...vocoder.tensors.values()];
}

/** The graphs of the speaking half, with the weights of the flow and of the vocoder where these sources say. */
export function speechGraphs(config: FlowConfig, flow: WeightSource, vocoder: WeightSource): SpeechParts {
  const graphs = [...writeFlowGraphs(config, flow), ...writeVocoderGraphs(vocoder, config.output_size)];
  const inPackage = (name: string) => `${SPEECH_FOLDER}/${name}`;
  return {
    parts: Object.fromEntries(
      Object.entries(speechParts).map(([part, name]) => [part, inPackage(name)]),
    ) as unknown as SpeechParts['parts'],
    graphs: new Map(graphs.map(([name, bytes]) => [inPackage(name), bytes])),
  };
}

/** The speaking half of a checkpoint that becomes a package where it lies, or undefined when it has none. */
export function speechPartsOf(folder: string): SpeechParts | undefined {
  const source = openSpeechSource(folder);
  if (!source) return undefined;
  const speech = join(folder, SPEECH_FOLDER);
  const [flow, vocoder] = [source.flow, source.vocoder].map((weights) => referencedInPlace(weights, speech));
  return speechGraphs(source.config, flow!, vocoder!);
}
