import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../contract/user-errors.ts';
import { externalLocations } from '../onnx/external-locations.ts';
import { parseFlowConfig } from './flow-config.ts';
import type { PackageManifest } from './package-manifest.ts';
import { openTorchCheckpoint } from './torch-checkpoint.ts';
import { referencedInPlace } from './weight-source.ts';
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

export interface SpeechParts {
  /** For the manifest: parts by name, as paths in the package. */
  readonly parts: NonNullable<PackageManifest['speech']>;
  /** Graphs to be written, by path in the package. */
  readonly graphs: ReadonlyMap<string, Uint8Array>;
}

/** The speaking half of a checkpoint, or undefined when it has none. Every dimension is read from its files. */
export function speechPartsOf(folder: string): SpeechParts | undefined {
  const speech = join(folder, SPEECH_FOLDER);
  if (!existsSync(speech)) return undefined;
  for (const name of ['flow.pt', speechParts.speechTokenizer, speechParts.speakerModel]) {
    if (!existsSync(join(speech, name))) throw new UserError('model-missing', { file: join(speech, name) });
  }
  for (const name of [speechParts.speechTokenizer, speechParts.speakerModel]) {
    const file = join(speech, name);
    if (externalLocations(readFileSync(file), file).size === 0) continue;
    throw new UserError('model-incompatible', { file, reason: 'keeps its weights in other files' });
  }
  const configFile = join(speech, speechParts.flowConfig);
  const config = parseFlowConfig(readFileSync(configFile, 'utf8'), configFile);
  const weightsOf = (name: string) => referencedInPlace(openTorchCheckpoint(join(speech, name)), speech);
  const graphs = [
    ...writeFlowGraphs(config, weightsOf('flow.pt')),
    ...writeVocoderGraphs(weightsOf(speechParts.vocoderWeights), config.output_size),
  ];
  const inPackage = (name: string) => `${SPEECH_FOLDER}/${name}`;
  return {
    parts: Object.fromEntries(
      Object.entries(speechParts).map(([part, name]) => [part, inPackage(name)]),
    ) as unknown as SpeechParts['parts'],
    graphs: new Map(graphs.map(([name, bytes]) => [inPackage(name), bytes])),
  };
}
