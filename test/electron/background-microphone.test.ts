import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { BackgroundMicrophone } from '../../electron/push-to-talk/background-microphone.ts';

/** A recording program of our own: a module for node-record-lpcm16 that runs a small shell script. */
async function program(script: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-recorder-'));
  await writeFile(join(folder, 'program.sh'), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, 'program.sh'), 0o755);
  const path = join(folder, 'recorder.cjs');
  await writeFile(
    path,
    `module.exports = () => ({ cmd: ${JSON.stringify(join(folder, 'program.sh'))}, args: [] });`,
  );
  return path;
}

const onPosix = test.skipIf(process.platform === 'win32');

onPosix('samples arrive as numbers, split bytes are joined, and stop ends the program', async () => {
  const microphone = new BackgroundMicrophone({
    pulseRecorderPath: await program("printf '\\000\\100\\000'; sleep 0.1; printf '\\300'; exec sleep 30"),
  });
  const heard: number[] = [];
  const lost = vi.fn();
  const recording = await microphone.start((samples) => heard.push(...samples), lost);
  await vi.waitFor(() => expect(heard).toEqual([0.5, -0.5]));
  await recording.stop();
  expect(lost).not.toHaveBeenCalled();
});

onPosix('a program that dies in the middle is reported as lost, once', async () => {
  const microphone = new BackgroundMicrophone({
    pulseRecorderPath: await program("printf '\\000\\000'; sleep 0.05; exit 3"),
  });
  const lost = vi.fn();
  await microphone.start(() => {}, lost);
  await vi.waitFor(() => expect(lost).toHaveBeenCalledOnce());
});

onPosix('without any program that gives sound there is no microphone', async () => {
  const record = (await import('node-record-lpcm16')).default.record;
  const failing = await program('exit 1');
  const microphone = new BackgroundMicrophone({
    pulseRecorderPath: failing,
    record: (options) => record({ ...options, recorder: failing }),
  });
  await expect(
    microphone.start(
      () => {},
      () => {},
    ),
  ).rejects.toMatchObject({ code: 'microphone-missing' });
});
