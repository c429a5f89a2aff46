import { execFile, spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readWav, writeWav } from '../../engine/listen/wav-file.ts';

const leadSeconds = 0.8;

/** Why nothing can be said here; empty when it can. */
export function speechMissing(): string {
  return spawnSync('which', ['flite']).status === 0 ? '' : 'flite is not installed';
}

/**
 * A sentence by flite's `awb`, a voice that the starter model was never trained on, after a moment of silence: a virtual
 * microphone swallows the beginning of what is played into it.
 *
 * @returns the WAV file's path
 */
export async function synthesise(text: string, folder: string): Promise<string> {
  const path = join(folder, `${text.replace(/[^a-z]+/gi, '-').slice(0, 60)}.wav`);
  await promisify(execFile)('flite', ['-voice', 'awb', '-t', text, '-o', path]);
  const { channels, sampleRate } = readWav(await readFile(path));
  const speech = channels[0] as Float32Array;
  const sound = new Float32Array(Math.round(leadSeconds * sampleRate) + speech.length);
  sound.set(speech, sound.length - speech.length);
  await writeFile(path, writeWav(sound, sampleRate));
  return path;
}
