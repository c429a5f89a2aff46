import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const project = fileURLToPath(new URL('../../', import.meta.url));
const missing = whatIsMissing();

function whatIsMissing(): string {
  const note = join(project, 'node_modules/electron/path.txt');
  const binary = existsSync(note)
    ? join(project, 'node_modules/electron/dist', readFileSync(note, 'utf8'))
    : '';
  if (!existsSync(binary)) return 'the Electron binary is not here';
  if (process.platform === 'linux' && !process.env['DISPLAY']) return 'there is no display';
  return existsSync(join(project, 'dist/electron/main.js')) ? '' : 'npm run build has not run';
}

describe.skipIf(missing !== '')('the desktop app', () => {
  let app: ElectronApplication;
  let page: Page;
  let dataFolder: string;

  const start = async (): Promise<void> => {
    const linux = process.platform === 'linux' ? ['--no-sandbox'] : [];
    app = await _electron.launch({
      args: [
        ...linux,
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
        `--user-data-dir=${dataFolder}/profile`,
        project,
      ],
      env: { ...(process.env as Record<string, string>), SOTTO_DATA_FOLDER: dataFolder },
    });
    page = await app.firstWindow();
    await page.getByRole('button', { name: 'Hold to talk' }).waitFor({ timeout: 60_000 });
  };

  beforeAll(async () => {
    dataFolder = await mkdtemp(join(tmpdir(), 'sotto-desktop-'));
    await start();
  });
  afterAll(() => app?.close());

  test('shows the page in isolation, without Node and without another origin', async () => {
    expect(page.url()).toBe('sotto://app/index.html');
    const seen = await page.evaluate(() => ({
      node: 'require' in globalThis || 'process' in globalThis,
      bridge: Object.keys((globalThis as unknown as { sotto: object }).sotto).sort(),
    }));
    expect(seen).toEqual({ node: false, bridge: ['connect', 'onTalkKey'] });
    const reached = await page.evaluate(() =>
      fetch('https://example.org/').then(
        () => true,
        () => false,
      ),
    );
    expect(reached).toBe(false);
  });

  test('answers a typed question through the engine process', async () => {
    await page.getByRole('button', { name: 'Type instead' }).click();
    await page.getByRole('textbox').fill('what is twelve times twelve');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => page.locator('article').last().getAttribute('data-outcome'), { timeout: 60_000 })
      .toBe('completed');
    expect(await page.locator('article').last().innerText()).toMatch(/144|hundred and forty/);
  });

  test('hides when its window is closed and goes on running', async () => {
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.close());
    expect(
      await app.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().map((window) => window.isVisible()),
      ),
    ).toEqual([false]);
    await app.evaluate(({ app: shell }) => void shell.emit('second-instance'));
    await expect
      .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.isVisible()))
      .toBe(true);
  });

  test('shows the conversation again after it was closed and opened', async () => {
    await app.close();
    await start();
    await page.getByRole('navigation').getByText('History').click();
    await page
      .getByRole('main')
      .getByRole('listitem')
      .filter({ hasText: /twelve/i })
      .first()
      .waitFor({ timeout: 30_000 });
  });
});

test.skipIf(missing !== '')(`the desktop app can be tried here${missing && ` (${missing})`}`, () =>
  expect(missing).toBe(''),
);
