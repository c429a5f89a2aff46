import { execFileSync, spawnSync } from 'node:child_process';
import type { MonoSound } from '../../assistant/sound-file.ts';

/** Debian's PocketSphinx with its stock English model on the same files, in the same run. */
export function peerFactor(sounds: readonly (MonoSound & { readonly path: string })[]): number | undefined {
  if (spawnSync('which', ['pocketsphinx_continuous']).status !== 0) return undefined;
  let spentMs = 0;
  let soundMs = 0;
  for (const sound of sounds) {
    const startedAt = performance.now();
    execFileSync('pocketsphinx_continuous', ['-infile', sound.path], { stdio: ['ignore', 'pipe', 'ignore'] });
    spentMs += performance.now() - startedAt;
    soundMs += (sound.samples.length / sound.sampleRate) * 1000;
  }
  return spentMs / soundMs;
}
