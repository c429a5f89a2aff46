import { existsSync, lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { UserError } from '../../contract/user-errors.ts';
import { readTokenizerFile, type TokenizerFile } from '../reason/tokenizer-files.ts';
import type { Checkpoint } from './checkpoint.ts';
import { parseModelConfig, type ModelConfig } from './model-config.ts';
import { openSafetensors } from './safetensors.ts';
import { copiedSpeechFiles, openSpeechSource, SPEECH_FOLDER, type SpeechSource } from './speech-parts.ts';

/** A checkpoint in the official layout, opened; nothing of its weights is in memory. */
export interface CheckpointFolder {
  readonly folder: string;
  readonly config: ModelConfig;
  readonly tokenizer: TokenizerFile;
  readonly weights: Checkpoint;
  readonly speech: SpeechSource | undefined;
}

/** Its speaking half alone. */
export type VoiceFolder = Pick<CheckpointFolder, 'folder'> & { readonly speech: SpeechSource };

/** The weights' index or their only file, the first that is there. */
export const CHECKPOINT_WEIGHTS = ['model.safetensors.index.json', 'model.safetensors'] as const;
const TOKENIZER_FILES = ['tokenizer.json', 'vocab.json', 'merges.txt', 'added_tokens.json'];
const SPEECH_FILES = [
  SPEECH_FOLDER,
  ...['flow.pt', ...copiedSpeechFiles].map((name) => join(SPEECH_FOLDER, name)),
];

/** @throws UserError model-missing, model-damaged or model-incompatible, naming the file. */
export function openCheckpointFolder(folder: string): CheckpointFolder {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new UserError('model-missing', { file: folder });
  }
  const weightsFile = CHECKPOINT_WEIGHTS.find((name) => existsSync(join(folder, name)));
  if (!existsSync(join(folder, 'config.json')) || !weightsFile) {
    throw new UserError('model-missing', {
      file: join(folder, weightsFile ? 'config.json' : CHECKPOINT_WEIGHTS[1]),
    });
  }
  for (const name of ['config.json', weightsFile, ...TOKENIZER_FILES, ...SPEECH_FILES]) {
    refuseStrayLink(folder, join(folder, name));
  }
  const configFile = join(folder, 'config.json');
  const weights = openSafetensors(join(folder, weightsFile));
  for (const file of new Set([...weights.tensors.values()].map((tensor) => tensor.file))) {
    refuseStrayLink(folder, file);
  }
  return {
    folder,
    config: parseModelConfig(readFileSync(configFile, 'utf8'), configFile),
    tokenizer: readTokenizerFile(join(folder, 'tokenizer.json')),
    weights,
    speech: openSpeechSource(folder),
  };
}

/**
 * The speaking half of a checkpoint, or of a folder that holds nothing else.
 *
 * @throws UserError model-missing, model-damaged or model-incompatible, naming the file.
 */
export function openVoiceFolder(named: string): VoiceFolder {
  const isSpeechFolder = basename(named) === SPEECH_FOLDER && existsSync(join(named, 'flow.pt'));
  const folder = isSpeechFolder ? dirname(named) : named;
  for (const name of SPEECH_FILES) refuseStrayLink(folder, join(folder, name));
  const speech = openSpeechSource(folder);
  if (!speech) throw new UserError('model-missing', { file: join(folder, SPEECH_FOLDER) });
  return { folder, speech };
}

/** Whether a folder could only ever become a voice. */
export function holdsOnlyVoice(folder: string): boolean {
  if (CHECKPOINT_WEIGHTS.some((name) => existsSync(join(folder, name)))) return false;
  return existsSync(join(folder, SPEECH_FOLDER)) || basename(folder) === SPEECH_FOLDER;
}

/**
 * A link may lead to another file of the checkpoint, or to the `blobs` that the Hugging Face cache keeps beside its
 * `snapshots`; anywhere else it would pull a stranger's file into the package.
 */
function refuseStrayLink(folder: string, path: string): void {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (!status || !status.isSymbolicLink()) return;
  let target: string;
  try {
    target = realpathSync(path);
  } catch (cause) {
    throw new UserError('model-missing', { file: path }, { cause });
  }
  const home = realpathSync(folder);
  const allowed = [home, join(home, '..', '..', 'blobs')];
  if (allowed.some((parent) => target.startsWith(parent + sep))) return;
  throw new UserError('model-damaged', { file: path, reason: 'a link that leads out of the checkpoint' });
}
