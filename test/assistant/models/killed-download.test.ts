import { spawn } from 'node:child_process';
import { existsSync, readdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkpoint, DownloadStage, WEIGHTS } from './download-stage.ts';

const program = fileURLToPath(new URL('killed-download.ts', import.meta.url));

test('killed at any moment, a download leaves nothing that could be taken for whole, and goes on after it', async () => {
  const stage = await DownloadStage.open();
  const isLate = (range: string | undefined) => Number(/\d+/.exec(range ?? '')?.[0] ?? 0) > 0;
  stage.server.misbehave = (path, { headers }) =>
    path === WEIGHTS && isLate(headers.range) ? { kind: 'stall', after: 20_000 } : undefined;

  const child = spawn(process.execPath, [program, stage.server.base, stage.parent]);
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (text: Buffer) => {
      if (Number(text.toString().trim().split('\n').at(-1)) > 150_000) resolve();
    });
  });
  child.kill('SIGKILL');
  await new Promise((resolve) => child.on('exit', resolve));

  expect(existsSync(stage.folder)).toBe(false);
  expect(readdirSync(stage.partial)).not.toContain(WEIGHTS);
  // Whoever was killed cannot give the folder back; it counts as given back after half a minute of silence.
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(join(stage.partial, 'sotto.lock'), longAgo, longAgo);

  stage.server.misbehave = () => undefined;
  expect((await stage.fetch()).state).toBe('complete');
  expect(stage.result()).toEqual(checkpoint());
  await stage.close();
});
