import type { PackageManifest } from '../convert/package-manifest.ts';

/**
 * The official models of one size share every dimension and differ in how they were taught: `chat` talks, `think`
 * thinks before it talks, `base` only goes on with what it is given. Their files do not say which one they are; the
 * package's name does, which the converter takes from the checkpoint.
 */
export type ModelVariant = 'chat' | 'think' | 'base';

export function modelVariant({ id, name }: Pick<PackageManifest, 'id' | 'name'>): ModelVariant {
  const words = `${id} ${name}`.toLowerCase().split(/[^a-z0-9]+/);
  if (words.includes('think')) return 'think';
  return words.includes('base') ? 'base' : 'chat';
}
