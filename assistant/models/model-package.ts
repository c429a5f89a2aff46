import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { join, normalize, isAbsolute, sep } from 'node:path';
import { z } from 'zod';
import type { ModelDescription } from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';

/** What the assistant reads of a package's `model.json`; the engine reads the rest. */
const modelJson = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  description: z.string().default(''),
  family: z.string().default(''),
  version: z.string().default(''),
  licence: z.string().default(''),
  languages: z.array(z.string()).default([]),
  speaks: z.enum(['token2wav', 'light-voice']).default('light-voice'),
  wordsReplies: z.boolean().default(false),
  holds: z.literal('voice').optional(),
  files: z.array(z.object({ path: z.string(), bytes: z.number(), sha256: z.string() })).default([]),
});

export interface PackageFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}
export interface ModelPackage {
  readonly folder: string;
  readonly description: ModelDescription;
  readonly files: readonly PackageFile[];
}

/** Reads what a package says about itself. Throws UserError `model-damaged`; undefined where there is no package. */
export function readModelPackage(folder: string): ModelPackage | undefined {
  let text: string;
  try {
    text = readFileSync(join(folder, 'model.json'), 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
  try {
    const { files, holds, ...about } = modelJson.parse(JSON.parse(text));
    const voiceOnly = holds === 'voice' ? { voiceOnly: true } : {};
    return { folder, description: { ...about, ...voiceOnly, bytes: files.reduce((sum, file) => sum + file.bytes, 0) }, files };
  } catch (error) {
    throw new UserError('model-damaged', { file: join(folder, 'model.json') }, { cause: error });
  }
}

/** Cheap enough for every listing: each file is there with the size it should have. */
export function findDamage(model: ModelPackage): UserError | undefined {
  for (const file of model.files) {
    if (!staysInside(file.path)) return new UserError('model-damaged', { model: model.description.id, file: file.path });
    const path = join(model.folder, file.path);
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found) return new UserError('model-missing', { model: model.description.id, file: path });
    if (found.size !== file.bytes) return new UserError('model-damaged', { model: model.description.id, file: path });
  }
  return undefined;
}

/** Reads every byte. Resolves to the first file whose SHA-256 is not the one declared. */
export async function findWrongSum(model: ModelPackage, signal: AbortSignal): Promise<PackageFile | undefined> {
  for (const file of model.files) {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(join(model.folder, file.path), { signal })) hash.update(chunk as Buffer);
    if (hash.digest('hex') !== file.sha256.toLowerCase()) return file;
  }
  return undefined;
}

function staysInside(path: string): boolean {
  const tidy = normalize(path);
  return !isAbsolute(tidy) && tidy !== '..' && !tidy.startsWith(`..${sep}`);
}
