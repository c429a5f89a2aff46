import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { applicationFolders, findDesktopEntry } from '../../../assistant/opening/desktop-entries.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-entries-'));
  await mkdir(folder, { recursive: true });
  const entry = (name: string, exec: string, more = ''): string =>
    `[Desktop Entry]\nType=Application\nName=${name}\nExec=${exec}\n${more}\n[Desktop Action new]\nName=Other\nExec=wrong\n`;
  await writeFile(join(folder, 'firefox.desktop'), entry('Firefox Web Browser', '/usr/bin/firefox-esr %u'));
  await writeFile(join(folder, 'calculator.desktop'), entry('Calculator', 'gnome-calculator'));
  await writeFile(join(folder, 'secret.desktop'), entry('Secret', 'secret', 'NoDisplay=true'));
});

test('an application is found by its name, by one word of it, or by its program', async () => {
  expect(await findDesktopEntry('calculator', [folder])).toMatchObject({ program: 'gnome-calculator' });
  expect(await findDesktopEntry('Firefox', [folder])).toMatchObject({ program: 'firefox-esr' });
  expect(await findDesktopEntry('gnome calculator', [folder])).toMatchObject({ name: 'Calculator' });
});

test('hidden entries, unknown names and missing folders give nothing', async () => {
  expect(await findDesktopEntry('secret', [folder])).toBeUndefined();
  expect(await findDesktopEntry('spaceship', [folder, '/nowhere'])).toBeUndefined();
  expect(await findDesktopEntry('', [folder])).toBeUndefined();
});

test("a person's own folder comes before the system's", () => {
  expect(applicationFolders({ XDG_DATA_HOME: '/home/me/data', XDG_DATA_DIRS: '/a:/b' })).toEqual([
    '/home/me/data/applications',
    '/a/applications',
    '/b/applications',
  ]);
});
