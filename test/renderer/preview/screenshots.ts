import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { build, preview } from 'vite';

/**
 * Takes pictures of the interface over the scripted assistant:
 *
 *     node test/renderer/preview/screenshots.ts FOLDER [FILTER]
 *
 * FILTER is a part of the file name, for example "talk-dark" or "-420-".
 */
const [folder = 'test-results/screenshots', filter = ''] = process.argv.slice(2);
const configFile = fileURLToPath(new URL('./vite.config.ts', import.meta.url));
const widths = [
  { width: 420, height: 820 },
  { width: 900, height: 760 },
  { width: 1400, height: 900 },
] as const;
const pages = [
  { name: 'talk', query: 'scene=talk' },
  { name: 'first', query: 'scene=first' },
  { name: 'listening', query: 'scene=listening' },
  { name: 'speaking', query: 'scene=speaking' },
  { name: 'working', query: 'scene=working' },
  { name: 'trouble', query: 'scene=trouble' },
  { name: 'mood', query: 'scene=mood' },
  { name: 'correcting', query: 'scene=correcting' },
  { name: 'consent', query: 'scene=consent' },
  { name: 'history', query: 'view=history' },
  { name: 'search', query: 'view=history&scene=search' },
  { name: 'filtering', query: 'view=history&scene=filtering' },
  { name: 'reading', query: 'view=history&scene=reading' },
  { name: 'voices', query: 'view=voices' },
  { name: 'models', query: 'view=models' },
  { name: 'fetching', query: 'view=models&scene=fetching' },
  { name: 'folders', query: 'view=models&scene=folders' },
  { name: 'own-folder', query: 'view=models&scene=ownFolder' },
  { name: 'settings', query: 'view=settings' },
] as const;

mkdirSync(folder, { recursive: true });
await build({ configFile, logLevel: 'error' });
const server = await preview({ configFile, logLevel: 'error', preview: { port: 0, host: '127.0.0.1' } });
const address = server.resolvedUrls?.local[0] ?? '';
const profile = mkdtempSync(join(tmpdir(), 'sotto-screenshots-'));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
  ],
});
try {
  for (const { name, query } of pages) {
    for (const theme of ['light', 'dark']) {
      for (const language of ['en', 'zh-CN']) {
        for (const size of widths) {
          const file = `${name}-${theme}-${language}-${size.width}-.png`;
          if (!filter.split(',').some((part) => file.includes(part))) continue;
          const page = await browser.newPage();
          page.on('console', (message) => {
            if (message.type() === 'error') console.log(`${file}: ${message.text()}`);
          });
          page.on('pageerror', (error) => console.log(`${file}: ${error.message}`));
          await page.setViewportSize(size);
          await page.goto(`${address}?${query}&theme=${theme}&language=${language}`);
          await page.waitForSelector('html[data-ready]');
          await page.waitForTimeout(400);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
          if (wide) console.log(`${file}: the page is wider than the window`);
          await page.screenshot({ path: join(folder, file) });
          await page.close();
        }
      }
    }
  }
} finally {
  await browser.close();
  await server.close();
  rmSync(profile, { recursive: true, force: true });
}
