import { existsSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext } from 'playwright';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A Chromium of this machine; undefined when there is none. */
export const chromiumPath: string | undefined =
  process.env['SOTTO_TEST_CHROMIUM'] ?? candidates.find((path) => existsSync(path));

/** A fresh profile that may use the microphone at once and really plays sound. */
export async function openBrowser(environment: Record<string, string>): Promise<BrowserContext> {
  return chromium.launchPersistentContext(await mkdtemp(join(tmpdir(), 'sotto-browser-')), {
    executablePath: chromiumPath as string,
    headless: true,
    env: environment,
    ignoreDefaultArgs: ['--mute-audio'],
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-ui-for-media-stream',
      '--autoplay-policy=no-user-gesture-required',
    ],
    viewport: { width: 900, height: 800 },
    locale: 'en-US',
  });
}
