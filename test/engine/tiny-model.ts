import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPackage } from '../../engine/convert/build-package.ts';
import { openModelPackage, type ModelPackage } from '../../engine/convert/model-package.ts';
import type { PackageFacts } from '../../engine/convert/package-manifest.ts';

export const tinyCheckpoint = fileURLToPath(new URL('../golden/step-audio-2-tiny', import.meta.url));
export const never = new AbortController().signal;
export const processor = { provider: 'cpu', threads: 1 } as const;

export const tinyFacts: PackageFacts = {
  id: 'tiny',
  name: 'Tiny',
  description: 'Random weights in the official layout.',
  version: '1',
  licence: 'Apache-2.0',
  languages: ['en'],
  speaks: 'light-voice',
  wordsReplies: true,
};

/** A folder that disappears with `dispose`. */
export function scratchFolder(): { folder: string; dispose: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-test-'));
  return { folder, dispose: () => rmSync(folder, { recursive: true, force: true }) };
}

/** The golden checkpoint as a package in a folder of its own. */
export async function tinyPackage(): Promise<{ model: ModelPackage; dispose: () => void }> {
  const { folder, dispose } = scratchFolder();
  cpSync(tinyCheckpoint, folder, { recursive: true });
  await buildPackage(folder, tinyFacts, never);
  return { model: await openModelPackage(folder, {}, never), dispose };
}
