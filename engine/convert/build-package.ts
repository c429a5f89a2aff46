import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTokenizer } from '../reason/tokenizer.ts';
import { SPECIAL_TOKENS } from '../reason/special-tokens.ts';
import { fileSha256 } from './file-digest.ts';
import { decoderDimensions, parseModelConfig, type ModelConfig } from './model-config.ts';
import {
  MANIFEST_FILE,
  manifestText,
  type NewManifest,
  type PackageFacts,
  type PackageFile,
} from './package-manifest.ts';
import { openSafetensors } from './safetensors.ts';
import { referencedInPlace } from './weight-source.ts';
import { writeGraphs } from './write-graphs.ts';

/** A subfolder of a package that ships with it: the lexicon and language model of the recogniser. */
const DATA_FOLDERS = ['recogniser'];
const LEFT_OUT = /^\.|\.md$|\.partial$/;

/**
 * Makes a folder that holds config.json, tokenizer.json and model.safetensors a model package: writes the graphs
 * beside the weights that they point into, and model.json. Run again after any of the files has changed.
 */
export async function buildPackage(
  folder: string,
  facts: PackageFacts,
  signal: AbortSignal,
): Promise<NewManifest> {
  const configFile = join(folder, 'config.json');
  const config = parseModelConfig(readFileSync(configFile, 'utf8'), configFile);
  const weights = referencedInPlace(openSafetensors(join(folder, 'model.safetensors')), folder);
  for (const [name, bytes] of writeGraphs(config, weights)) writeWhole(join(folder, name), bytes);
  signal.throwIfAborted();
  const manifest: NewManifest = {
    ...facts,
    dimensions: dimensionsOf(config),
    specialTokens: specialTokensOf(join(folder, 'tokenizer.json')),
    parts: {
      audioEncoder: 'audio-encoder.onnx',
      audioAdaptor: 'audio-adaptor.onnx',
      speechDecoder: 'speech-decoder.onnx',
      tokenizer: 'tokenizer.json',
      config: 'config.json',
      weights: 'model.safetensors',
    },
    files: await listFiles(folder, signal),
  };
  writeWhole(join(folder, MANIFEST_FILE), manifestText(manifest));
  return manifest;
}

function dimensionsOf(config: ModelConfig): NewManifest['dimensions'] {
  const audio = config.audio_encoder_config;
  const decoder = decoderDimensions(config.text_config);
  return {
    melBands: audio.n_mels,
    encoderState: audio.n_audio_state,
    encoderLayers: audio.n_audio_layer,
    decoderHidden: decoder.hidden,
    decoderLayers: decoder.layers,
    vocabulary: decoder.vocabulary,
    context: decoder.context,
  };
}

function specialTokensOf(tokenizerFile: string): Record<string, number> {
  const tokenizer = readTokenizer(tokenizerFile);
  return Object.fromEntries(
    Object.values(SPECIAL_TOKENS)
      .filter((token) => tokenizer.has(token))
      .map((token) => [token, tokenizer.idOf(token)]),
  );
}

async function listFiles(folder: string, signal: AbortSignal): Promise<PackageFile[]> {
  const names = readdirSync(folder).filter(
    (name) => name !== MANIFEST_FILE && statSync(join(folder, name)).isFile(),
  );
  for (const data of DATA_FOLDERS.filter((name) => readdirSync(folder).includes(name))) {
    names.push(...readdirSync(join(folder, data)).map((name) => `${data}/${name}`));
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
