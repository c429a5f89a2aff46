import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWebServer, type WebServer } from '../../headless/web/web-server.ts';
import { hum, ScriptedAssistant } from '../renderer/scripted-assistant.ts';
import { livedInScript, weatherTurn } from '../renderer/scripts.ts';

/**
 * The built page, served as in life, in a real browser with a fake microphone that beeps: what crosses the content
 * security policy, the audio threads and the WebSocket. The assistant behind it follows a script.
 */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const folder = mkdtempSync(join(tmpdir(), 'sotto-page-'));
const assistant = new ScriptedAssistant(livedInScript(Date.now()));
const complaints: string[] = [];
let server: WebServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  if (!existsSync(executablePath)) return;
  await build({
    configFile: join(import.meta.dirname, '../../renderer/vite.config.ts'),
    build: { outDir: folder, emptyOutDir: true },
    logLevel: 'error',
  });
  server = await startWebServer({
    assistant,
    rendererFolder: folder,
    port: 0,
    onInternalError: (name, error) => complaints.push(`${name}: ${String(error)}`),
  });
  browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
    ],
  });
  page = await browser.newPage();
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(server.issueAddress());
  await page.getByText('what time is it in tokyo').waitFor();
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

test.skipIf(!existsSync(executablePath))(
  'the token is gone from the address, and a reload still connects',
  async () => {
    expect(page.url()).not.toContain('token');
    await page.reload();
    await page.getByText('what time is it in tokyo').waitFor();
  },
);

test.skipIf(!existsSync(executablePath))(
  'holding the button sends what the microphone hears, and the reply is heard',
  async () => {
    const piece = { type: 'audio-delta', samples: hum(0.5), sampleRate: 16_000 } as const;
    assistant.nextTurn = [...weatherTurn.slice(0, 2), piece, piece, piece, ...weatherTurn.slice(3)];
    assistant.stepMs = 20;
    const button = page.getByRole('button', { name: 'Hold to talk' });
    await button.hover();
    await page.mouse.down();
    await page.getByText('Listening', { exact: true }).first().waitFor();
    await page.waitForTimeout(2500);
    await page.mouse.up();
    await page.getByText('Around three millimetres').first().waitFor();
    await page.waitForFunction(() => performance.getEntriesByName('sotto-audible-reply').length > 0);
    const samples = assistant.received.flatMap((block) => [...block]);
    const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(samples.length).toBeGreaterThan(2 * 44_100);
    expect(loudest).toBeGreaterThan(0.05);
    // The beep is at full scale, and the browser's resampler overshoots it a little.
    expect(loudest).toBeLessThan(1.2);
  },
);

test.skipIf(!existsSync(executablePath))(
  'a tag that is corrected by keyboard in one window is corrected in the other',
  async () => {
    const other = await browser.newPage();
    await other.goto(server.issueAddress());
    await other.getByRole('button', { name: 'quiet', exact: true }).first().waitFor();
    await page.getByRole('button', { name: 'quiet', exact: true }).first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menu', { name: 'Loudness: what is right?' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await other.getByRole('button', { name: 'normal loudness' }).waitFor();
    expect((await page.locator(':focus').textContent())?.trim()).toBe('normal loudness');
    await other.close();
  },
);

test.skipIf(!existsSync(executablePath))('nothing was refused or thrown on the way', () => {
  expect(complaints).toEqual([]);
});
