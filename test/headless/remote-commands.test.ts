import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settings as settingsSchema } from '../../contract/settings.ts';
import { patchOf } from '../../headless/commands/settings.ts';
import { StandInServer } from '../engine/remote/stand-in-server.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sotto-remote-command-'));
const key = 'sk-very-secret-42';
let server: StandInServer;
beforeAll(async () => {
  server = await StandInServer.start({ key });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

function sotto(
  words: readonly string[],
  input = '',
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [join(project, 'headless', 'sotto.ts'), ...words],
      { env: { ...process.env, SOTTO_DATA_FOLDER: join(folder, 'data') } },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

test('a setting is changed by its name, as the kind of value that it is', () => {
  const now = settingsSchema.parse({});
  expect(patchOf(now, 'volume', '0.4')).toEqual({ volume: 0.4 });
  expect(patchOf(now, 'cues', 'false')).toEqual({ cues: false });
  expect(patchOf(now, 'remote.url', 'http://x:1')).toEqual({ remote: { ...now.remote, url: 'http://x:1' } });
  expect(patchOf(now, 'engine.kind', 'remote')).toEqual({ engine: { kind: 'remote' } });
  expect(patchOf(now, 'disabledTools', '["web_search"]')).toEqual({ disabledTools: ['web_search'] });
  const wrong = [
    ['volume', '7'],
    ['volume', 'loud'],
    ['engine.kind', 'moon'],
    ['remote', '{}'],
    ['remote.nothing', '1'],
    ['nothing', '1'],
    ['volume.x', '1'],
  ] as const;
  expect(wrong.map(([name, value]) => patchOf(now, name, value))).toEqual(wrong.map(() => undefined));
});

test('another machine is set, tested and chosen from the command line, and the key is never shown', async () => {
  expect((await sotto(['settings', 'remote.url', server.url])).stdout).toContain(server.url);
  await sotto(['settings', 'remote.model', 'step-audio-2-mini']);
  expect(await sotto(['settings', 'remote.key', key])).toMatchObject({ code: 2 });
  expect(await sotto(['settings', 'remote.key', '-'], `${key}\n`)).toMatchObject({ code: 0 });
  const chosen = await sotto(['settings', 'engine.kind', 'remote']);
  expect(chosen.stderr).toContain(`what you say goes to ${new URL(server.url).host}`);
  const all = await sotto(['settings', '--json']);
  expect(JSON.parse(all.stdout)).toContainEqual({ name: 'remote.key', value: '(kept)' });
  expect(all.stdout + chosen.stdout).not.toContain(key);
  expect(readFileSync(join(folder, 'data', 'settings.json'), 'utf8')).not.toContain(key);
  server.reply = () => ({ text: 'Hi', codes: [1, 2, 3, 4] });
  const tested = await sotto(['remote']);
  expect(tested.stdout).toMatch(/answers +the other machine/);
  expect(tested.stdout).toMatch(/speech +comes as speech tokens/);
  server.misbehave({ kind: 'status', status: 500, body: `{"error":{"message":"${key}"}}` });
  const failed = await sotto(['remote']);
  expect(failed).toMatchObject({ code: 1 });
  expect(failed.stderr).toContain('answered with an error (500)');
  expect(failed.stderr).not.toContain(key);
}, 120_000);
