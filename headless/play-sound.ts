import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeSoundFile, type MonoSound } from '../assistant/sound-file.ts';
import { UserError } from '../contract/user-errors.ts';

/** Players that come with the systems, in order of trial. */
const players: Readonly<Record<string, readonly (readonly string[])[]>> = {
  darwin: [['afplay']],
  win32: [
    ['powershell', '-NoProfile', '-Command', '(New-Object Media.SoundPlayer $env:SOTTO_SOUND).PlaySync()'],
  ],
  linux: [['pw-play'], ['paplay'], ['aplay', '-q'], ['play', '-q']],
};

/**
 * Plays a sound to its end through the system's own player.
 *
 * @throws UserError speaker-missing when none of the players works.
 */
export async function playSound(sound: MonoSound, signal: AbortSignal): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-'));
  const path = join(folder, 'reply.wav');
  try {
    await writeSoundFile(path, sound);
    for (const [program, ...before] of players[process.platform] ?? players['linux'] ?? []) {
      const programArguments = process.platform === 'win32' ? before : [...before, path];
      if (await playsTo(program as string, programArguments, path, signal)) return;
      signal.throwIfAborted();
    }
    throw new UserError('speaker-missing');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function playsTo(
  program: string,
  programArguments: readonly string[],
  path: string,
  signal: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, programArguments, {
      stdio: 'ignore',
      signal,
      env: { ...process.env, SOTTO_SOUND: path },
    });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}
