import { existsSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../contract/user-errors.ts';
import { readTokenizerFile } from '../reason/tokenizer-files.ts';
import { Tokenizer } from '../reason/tokenizer.ts';
import { CHECKPOINT_WEIGHTS } from './checkpoint-folder.ts';
import { fileSha256 } from './file-digest.ts';
import { parseModelConfig } from './model-config.ts';
import { dimensionsOf, partsWith, specialTokensOf } from './package-contents.ts';
import {
  MANIFEST_FILE,
  manifestText,
  type NewManifest,
  type PackageFacts,
  type PackageFile,
} from './package-manifest.ts';
import { openSafetensors } from './safetensors.ts';
import { SPEECH_FOLDER, speechPartsOf } from './speech-parts.ts';
import { referencedInPlace } from './weight-source.ts';
import { writeGraphs } from './write-graphs.ts';

/** Subfolders that ship with a package: how it speaks, and what the recogniser knows of its domain. */
const DATA_FOLDERS = [SPEECH_FOLDER, 'domain', 'domain/patterns', 'domain/slots', 'domain/wrapping'];
const LEFT_OUT = /^\.|\.md$|\.partial$/;

/**
 * Makes a folder in the official layout (config.json, a tokenizer, safetensors in one file or shards, and `token2wav`
 * where the model speaks by itself) a model package: writes the graphs beside the weights that they point into, and
 * model.json. Run again after any of the files has changed.
 */
export async function buildPackage(
  folder: string,
  facts: PackageFacts,
  signal: AbortSignal,
): Promise<NewManifest> {
  const configFile = join(folder, 'config.json');
  const config = parseModelConfig(readFileSync(configFile, 'utf8'), configFile);
  const weightsFile = CHECKPOINT_WEIGHTS.find((name) => existsSync(join(folder, name)));
  if (!weightsFile) throw new UserError('model-missing', { file: join(folder, 'model.safetensors') });
  const weights = referencedInPlace(openSafetensors(join(folder, weightsFile)), folder);
  const speech = speechPartsOf(folder);
  for (const [name, bytes] of [...writeGraphs(config, weights), ...(speech?.graphs ?? [])]) {
    signal.throwIfAborted();
    writeWhole(join(folder, name), bytes);
  }
  const manifest: NewManifest = {
    ...facts,
    dimensions: dimensionsOf(config),
    specialTokens: specialTokensOf(wholeTokenizer(join(folder, 'tokenizer.json'))),
    parts: partsWith(weightsFile),
    ...(speech ? { speech: speech.parts } : {}),
    files: await listFiles(folder, signal),
  };
  writeWhole(join(folder, MANIFEST_FILE), manifestText(manifest));
  return manifest;
}

/** Older checkpoints spread their tokenizer over several files; a package has it in one. */
function wholeTokenizer(file: string): Tokenizer {
  const content = readTokenizerFile(file);
  if (!existsSync(file)) writeWhole(file, JSON.stringify(content));
  return new Tokenizer(content, file);
}

async function listFiles(folder: string, signal: AbortSignal): Promise<PackageFile[]> {
  const names = readdirSync(folder).filter(
    (name) => name !== MANIFEST_FILE && statSync(join(folder, name)).isFile(),
  );
  for (const data of DATA_FOLDERS.filter((name) => existsSync(join(folder, name)))) {
    const inside = readdirSync(join(folder, data)).map((name) => `${data}/${name}`);
    names.push(...inside.filter((name) => statSync(join(folder, name)).isFile()));
  }
  const shipped = names.filter((name) => !LEFT_OUT.test(name)).sort();
  const files: PackageFile[] = [];
  for (const path of shipped) {
    const file = join(folder, path);
    files.push({ path, bytes: statSync(file).size, sha256: await fileSha256(file, signal) });
  }
  return files;
}

/** A reader sees the old file or the new one, never half of it. */
function writeWhole(path: string, content: string | Uint8Array): void {
  writeFileSync(`${path}.partial`, content);
  renameSync(`${path}.partial`, path);
}
