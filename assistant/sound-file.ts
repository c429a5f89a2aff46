import { readFile, writeFile } from 'node:fs/promises';
import { channelToHear, readWav, writeWav } from '../engine/listen/wav-file.ts';
import { UserError } from '../contract/user-errors.ts';

export interface MonoSound {
  /** [-1, 1] */
  readonly samples: Float32Array;
  readonly sampleRate: number;
}

/**
 * One channel of a WAV file: the first (spec section 6), unless it is dead.
 *
 * @param path a file, or `-` for standard input.
 * @throws UserError audio-file-* with the path.
 */
export async function readSoundFile(path: string): Promise<MonoSound> {
  const bytes = path === '-' ? await readAll(process.stdin) : await readBytes(path);
  try {
    const audio = readWav(bytes);
    return { samples: channelToHear(audio), sampleRate: audio.sampleRate };
  } catch (error) {
    if (error instanceof UserError)
      throw new UserError(error.code, { path: nameOf(path), ...error.details }, { cause: error });
    throw error;
  }
}

/** @throws UserError disk-full or file-not-writable. */
export async function writeSoundFile(path: string, sound: MonoSound): Promise<void> {
  try {
    await writeFile(path, writeWav(sound.samples, sound.sampleRate));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOSPC') throw new UserError('disk-full', { path }, { cause: error });
    throw new UserError('file-not-writable', { path, reason: code }, { cause: error });
  }
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') throw new UserError('audio-file-missing', { path }, { cause: error });
    throw new UserError('audio-file-unsupported', { path, reason: code ?? 'unreadable' }, { cause: error });
  }
}

async function readAll(input: NodeJS.ReadStream): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function nameOf(path: string): string {
  return path === '-' ? 'standard input' : path;
}
