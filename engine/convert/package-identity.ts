import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { ConversionRequest, ModelPrecision } from '../../contract/model-conversion.ts';
import type { CheckpointFolder, VoiceFolder } from './checkpoint-folder.ts';
import { readManifest } from './model-package.ts';
import { MANIFEST_FILE, type PackageFacts } from './package-manifest.ts';

const OFFICIAL = /step-audio-2-mini(-base|-think)?/i;

/** What a new package says about itself: what was asked for, what an earlier package said, or the folder's name. */
export function packageIdentity(
  checkpoint: CheckpointFolder | VoiceFolder,
  precision: ModelPrecision,
  asked: ConversionRequest['identity'],
): PackageFacts {
  const facts = 'weights' in checkpoint ? factsOf(checkpoint, precision) : voiceFacts(checkpoint);
  return { ...facts, ...asked };
}

function voiceFacts(checkpoint: VoiceFolder): PackageFacts {
  const name = basename(resolve(checkpoint.folder));
  const official = officialName(name);
  return {
    id: `${slug(name).replace(/-voice$/, '')}-voice`,
    name: `${official ?? name}, voice`,
    description: `The voice of ${name} alone, for what another machine replies.`,
    version: '1',
    licence: official ? 'Apache-2.0' : 'unknown',
    languages: ['en', 'zh'],
    speaks: 'token2wav',
    wordsReplies: false,
  };
}

function factsOf(checkpoint: CheckpointFolder, precision: ModelPrecision): PackageFacts {
  const folder = resolve(checkpoint.folder);
  if (existsSync(join(folder, MANIFEST_FILE))) {
    const { id, name, description, version, licence, languages, speaks, wordsReplies } = readManifest(folder);
    return { id, name, description, version, licence, languages, speaks, wordsReplies };
  }
  const official = officialName(basename(folder));
  const form = precision === 'int4' ? '4 bits' : precision;
  return {
    id: `${slug(basename(folder))}-${precision}`,
    name: official ?? basename(folder),
    description: `Converted from ${basename(folder)}, weights in ${form}.`,
    version: '1',
    licence: official ? 'Apache-2.0' : 'unknown',
    languages: ['en', 'zh'],
    speaks: checkpoint.speech ? 'token2wav' : 'light-voice',
    wordsReplies: true,
  };
}

function officialName(folderName: string): string | undefined {
  const official = OFFICIAL.exec(folderName);
  return official ? `Step-Audio 2 mini${titled((official[1] ?? '').replace('-', ' '))}` : undefined;
}

function slug(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[^a-z0-9]+/, '');
  return plain === '' ? 'model' : plain.replace(/-+$/, '');
}

function titled(variant: string): string {
  return variant.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}
