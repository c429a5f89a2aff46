import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { buildPackage } from '../../../engine/convert/build-package.ts';
import { goldenFolder } from '../../golden/golden-folder.ts';
import { never, scratchFolder, tinyFacts } from '../tiny-model.ts';

/** The golden checkpoint, its voice included, as a package in a folder of its own. */
export async function tinySpeakingPackage(
  facts: Partial<typeof tinyFacts> = {},
): Promise<{ folder: string; dispose: () => void }> {
  const scratch = scratchFolder();
  cpSync(join(goldenFolder, 'model'), scratch.folder, { recursive: true });
  await buildPackage(scratch.folder, { ...tinyFacts, speaks: 'token2wav', ...facts }, never);
  return scratch;
}
