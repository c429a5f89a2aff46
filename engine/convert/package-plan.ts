import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ModelPrecision } from '../../contract/model-conversion.ts';
import { UserError } from '../../contract/user-errors.ts';
import { Tokenizer } from '../reason/tokenizer.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { CheckpointFolder, VoiceFolder } from './checkpoint-folder.ts';
import { embeddingParts, planEmbedding } from './embedding-files.ts';
import { readManifest } from './model-package.ts';
import { dimensionsOf, partsWith, specialTokensOf } from './package-contents.ts';
import { MANIFEST_FILE, type NewManifest, type NewVoiceManifest } from './package-manifest.ts';
import { PlannedWeights } from './planned-weights.ts';
import { copiedSpeechFiles, SPEECH_FOLDER, speechGraphs } from './speech-parts.ts';
import { encodingOf, type WeightGroup } from './weight-encodings.ts';
import type { PlannedFile } from './weight-plan.ts';
import { referencedInPlace } from './weight-source.ts';
import { writeGraphs } from './write-graphs.ts';

const LICENCE_FILE = /^(LICEN[CS]E|NOTICE)(\.|$)/i;
const MADE_ANEW = /^tokenizer|\.onnx$|\.safetensors(\.index\.json)?$/;

export interface CopiedFile {
  readonly from: string;
  /** In the package. */
  readonly path: string;
  readonly bytes: number;
}

/** Everything that a package will consist of; nothing is written yet, and no weight has been read. */
export interface PackagePlan {
  readonly weights: readonly PlannedFile[];
  readonly copies: readonly CopiedFile[];
  /** Graphs and texts, by path in the package. */
  readonly small: ReadonlyMap<string, Uint8Array>;
  /** Paths of the graphs that were written here, in the order in which they are used. */
  readonly graphs: readonly string[];
  readonly contents: ModelContents | VoiceContents;
}
type ModelContents = Pick<NewManifest, 'dimensions' | 'specialTokens' | 'parts' | 'speech' | 'precision'>;
type VoiceContents = Pick<NewVoiceManifest, 'holds' | 'speaks' | 'speech' | 'precision'>;

export function planPackage(
  checkpoint: CheckpointFolder,
  precision: ModelPrecision,
  largestFileBytes: number,
): PackagePlan {
  const model = plannedWeights('model', checkpoint.weights, precision, largestFileBytes);
  const graphs = new Map(writeGraphs(checkpoint.config, model));
  const { folder, speech } = checkpoint;
  const speaking = speech && plannedSpeech({ folder, speech }, precision, largestFileBytes);
  for (const [path, bytes] of speaking?.graphs ?? []) graphs.set(path, bytes);
  const embedding = plannedEmbedding(checkpoint, largestFileBytes);
  const small = new Map(graphs);
  if (embedding.index) small.set(embedding.index.path, new TextEncoder().encode(embedding.index.text));
  const tokenizerText = JSON.stringify(checkpoint.tokenizer);
  small.set('tokenizer.json', new TextEncoder().encode(tokenizerText));
  return {
    weights: [...model.files(), ...embedding.files, ...(speaking?.weights ?? [])],
    copies: copiesOf(checkpoint),
    small,
    graphs: [...graphs.keys()],
    contents: {
      precision,
      dimensions: dimensionsOf(checkpoint.config),
      specialTokens: specialTokensOf(new Tokenizer(checkpoint.tokenizer, 'tokenizer.json')),
      parts: partsWith(embedding.path),
      ...(speaking ? { speech: speaking.parts } : {}),
    },
  };
}

/** The speaking half alone. Its flow has half precision at least. */
export function planVoice(
  checkpoint: VoiceFolder,
  precision: 'float32' | 'float16',
  largestFileBytes: number,
): PackagePlan {
  const { graphs, parts, weights } = plannedSpeech(checkpoint, precision, largestFileBytes);
  return {
    weights,
    copies: copied(checkpoint.folder, [...licencesIn(checkpoint.folder), ...copiedSpeechPaths()]),
    small: graphs,
    graphs: [...graphs.keys()],
    contents: { holds: 'voice', speaks: 'token2wav', speech: parts, precision },
  };
}

function plannedSpeech({ folder, speech }: VoiceFolder, precision: ModelPrecision, largestFileBytes: number) {
  const flow = plannedWeights('flow', speech.flow, precision, largestFileBytes);
  const vocoder = referencedInPlace(speech.vocoder, join(folder, SPEECH_FOLDER));
  const { graphs, parts } = speechGraphs(speech.config, flow, vocoder);
  return { graphs, parts, weights: flow.files() };
}

function plannedWeights(
  group: WeightGroup,
  weights: Checkpoint,
  precision: ModelPrecision,
  largestFileBytes: number,
): PlannedWeights {
  const isFlow = group === 'flow';
  return new PlannedWeights(weights, {
    encodingOf: (tensor, matrix) => encodingOf(group, precision, tensor, matrix),
    arithmetic: isFlow ? 'float32' : 'float16',
    pathOf: (number) => (isFlow ? `${SPEECH_FOLDER}/flow-${number}.bin` : `weights-${number}.bin`),
    graphFolder: isFlow ? SPEECH_FOLDER : '',
    largestFileBytes,
  });
}

function plannedEmbedding(checkpoint: CheckpointFolder, largestFileBytes: number) {
  const [tensor, ...more] = embeddingParts(checkpoint.weights.tensors);
  if (!tensor || more.length > 0 || tensor.shape.length !== 2) {
    throw new UserError('model-incompatible', {
      file: checkpoint.folder,
      tensor: 'model.embed_tokens.weight',
      reason: 'missing tensor',
    });
  }
  return planEmbedding(tensor, largestFileBytes);
}

/**
 * What a package takes over as it is: the configuration, ready graphs, licences, and of a checkpoint that is a package
 * already whatever is not made anew.
 */
function copiesOf(checkpoint: CheckpointFolder): CopiedFile[] {
  const { folder } = checkpoint;
  const paths = new Set(['config.json', ...licencesIn(folder)]);
  if (checkpoint.speech) for (const path of copiedSpeechPaths()) paths.add(path);
  if (existsSync(join(folder, MANIFEST_FILE))) {
    const { files } = readManifest(folder);
    for (const { path } of files) if (!MADE_ANEW.test(path)) paths.add(path);
  }
  return copied(folder, paths);
}

function licencesIn(folder: string): string[] {
  return readdirSync(folder).filter((name) => LICENCE_FILE.test(name));
}

function copiedSpeechPaths(): string[] {
  return copiedSpeechFiles.map((name) => `${SPEECH_FOLDER}/${name}`);
}

function copied(folder: string, paths: Iterable<string>): CopiedFile[] {
  return Array.from(paths, (path) => {
    const from = join(folder, path);
    if (!existsSync(from)) throw new UserError('model-missing', { file: from });
    return { from, path, bytes: statSync(from).size };
  });
}
