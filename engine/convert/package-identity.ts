import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { ConversionRequest, ModelPrecision } from '../../contract/model-conversion.ts';
import type { CheckpointFolder } from './checkpoint-folder.ts';
import { readManifest } from './model-package.ts';
import { MANIFEST_FILE, type PackageFacts } from './package-manifest.ts';

const OFFICIAL = /step-audio-2-mini(-base|-think)?/i;

/** What a new package says about itself: what was asked for, what an earlier package said, or the folder's name. */
export function packageIdentity(
  checkpoint: CheckpointFolder,
  precision: ModelPrecision,
  asked: ConversionRequest['identity'],
): PackageFacts {
  return { ...factsOf(checkpoint, precision), ...asked };
}

function factsOf(checkpoint: CheckpointFolder, precision: ModelPrecision): PackageFacts {
  const folder = resolve(checkpoint.folder);
  if (existsSync(join(folder, MANIFEST_FILE))) {
    const { id, name, description, version, licence, languages, speaks, wordsReplies } = readManifest(folder);
    return { id, name, description, version, licence, languages, speaks, wordsReplies };
  }
  const official = OFFICIAL.exec(basename(folder));
  const variant = (official?.[1] ?? '').replace('-', ' ');
  const form = precision === 'int4' ? '4 bits' : precision;
  return {
    id: `${slug(basename(folder))}-${precision}`,
    name: official ? `Step-Audio 2 mini${titled(variant)}` : basename(folder),
    description: `Converted from ${basename(folder)}, weights in ${form}.`,
    version: '1',
    licence: official ? 'Apache-2.0' : 'unknown',
    languages: ['en', 'zh'],
    speaks: checkpoint.speech ? 'token2wav' : 'light-voice',
    wordsReplies: true,
  };
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
