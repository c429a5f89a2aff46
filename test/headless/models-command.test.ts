import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HostileServer } from '../assistant/models/hostile-server.ts';
import { checkpoint, WEIGHTS } from '../assistant/models/download-stage.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));
const dataFolder = mkdtempSync(join(tmpdir(), 'sotto-models-command-'));
let server: HostileServer;

interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

function models(...words: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(project, 'headless', 'sotto.ts'), 'models', ...words],
      { env: { ...process.env, SOTTO_DATA_FOLDER: dataFolder, HTTP_PROXY: '', http_proxy: '' } },
      (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    );
  });
}

beforeAll(async () => {
  server = await HostileServer.start(checkpoint());
});
afterAll(() => server.stop());

describe('sotto models', { timeout: 120_000 }, () => {
  test('lists what is installed and what can be fetched', async () => {
    const { code, stdout } = await models('list', '--json');
    expect(code).toBe(0);
    const ids = (JSON.parse(stdout) as { id: string; state: string }[]).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['starter', 'step-audio-2-mini', 'step-audio-2-mini-think']));
  });

  test('fetches a folder by its address, goes on after a failure, and removes what it fetched', async () => {
    const address = `${server.base}/plain/`;
    server.misbehave = (path) => (path === WEIGHTS ? { kind: 'page' } : undefined);
    const failed = await models('download', address);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toContain('web page instead of the file');
    server.misbehave = () => undefined;
    const done = await models('download', address);
    expect(done.stdout).toContain('is complete in');
    expect(done.stdout).toContain('sotto models convert');
    const [, folder = ''] = /is complete in (\S+)\.\n/.exec(done.stdout) ?? [];
    expect(existsSync(join(folder, WEIGHTS))).toBe(true);
    const id = folder.split(/[\\/]/).at(-1) ?? '';
    expect((await models('remove', id)).stdout).toContain('deleted');
    expect(existsSync(folder)).toBe(false);
  });

  test('takes the voice of a checkpoint alone, and says which file it misses', async () => {
    const folder = join(dataFolder, 'checkpoint');
    mkdirSync(join(folder, 'token2wav'), { recursive: true });
    const { code, stderr } = await models('convert', folder, '--voice-only');
    expect(code).toBe(1);
    expect(stderr).toContain(join(folder, 'token2wav', 'flow.pt'));
  });

  test('says how to find the right name', async () => {
    const { code, stderr } = await models('download', 'nothing-of-the-kind');
    expect(code).toBe(1);
    expect(stderr).toContain('sotto models list');
  });
});
