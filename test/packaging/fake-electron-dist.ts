import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where Electron's binary keeps its fuses: this text, a version, a count, and one sign per fuse ('0' off, '1' on). */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuseCount = 9;

/**
 * A zip that looks like Electron's for Linux, with a shell script as its binary: enough for the packager, which only
 * moves files and flips fuses.
 *
 * @returns the folder that holds the zip.
 */
export function fakeElectronZip(folder: string, project: string, architecture: string): string {
  const { version } = JSON.parse(
    readFileSync(join(project, 'node_modules/electron/package.json'), 'utf8'),
  ) as { version: string };
  const dist = join(folder, 'dist');
  mkdirSync(join(dist, 'resources'), { recursive: true });
  mkdirSync(join(dist, 'locales'));
  const fuses = Buffer.concat([
    Buffer.from(fuseSentinel),
    Buffer.from([1, fuseCount]),
    Buffer.from('1'.repeat(fuseCount)),
  ]);
  writeFileSync(
    join(dist, 'electron'),
    Buffer.concat([Buffer.from('#!/bin/sh\nexit 0\n'), fuses, Buffer.from('\n')]),
    { mode: 0o755 },
  );
  writeFileSync(join(dist, 'version'), version);
  writeFileSync(join(dist, 'LICENSE'), 'fake');
  writeFileSync(join(dist, 'LICENSES.chromium.html'), 'fake');
  writeFileSync(join(dist, 'resources', 'default_app.asar'), '');
  writeFileSync(join(dist, 'locales', 'en-US.pak'), '');
  execFileSync('zip', ['-q', '-r', join(folder, `electron-v${version}-linux-${architecture}.zip`), '.'], {
    cwd: dist,
  });
  return folder;
}
