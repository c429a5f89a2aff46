import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { projectPaths } from './project-paths.ts';

/** An app that ends with an error sooner than this never showed its window. */
const startupMs = 8000;

/**
 * Opens the desktop app and resolves when it has been closed.
 *
 * @returns why it could not start, in words, or undefined when it ran.
 */
export async function startElectron(): Promise<string | undefined> {
  const missing = missingDisplay();
  if (missing) return missing;
  let binary = electronBinary();
  if (!binary) {
    process.stdout.write('Fetching the Electron program (once) ...\n');
    await fetchElectron();
    binary = electronBinary();
  }
  if (!binary) return 'the Electron program could not be downloaded';
  return runApp(binary);
}

function missingDisplay(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  if (process.getuid?.() === 0) return 'Electron does not run as root';
  const display = process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  return display ? undefined : 'this session has no display';
}

/** The binary's path as the `electron` package knows it, without the download that importing it may start. */
function electronBinary(): string | undefined {
  const packageFolder = dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  const note = join(packageFolder, 'path.txt');
  const name = existsSync(note) ? readFileSync(note, 'utf8') : 'electron';
  const path = join(override ?? join(packageFolder, 'dist'), name);
  return existsSync(path) ? path : undefined;
}

function fetchElectron(): Promise<void> {
  const installer = createRequire(import.meta.url).resolve('electron/install.js');
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [installer], { cwd: projectPaths.project, stdio: 'ignore' });
    child.once('error', () => resolve());
    child.once('exit', () => resolve());
  });
}

function runApp(binary: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const startedAt = Date.now();
    const child = spawn(binary, [projectPaths.project], { stdio: 'inherit' });
    child.once('error', (error) => resolve(`Electron did not start (${error.message})`));
    child.once('exit', (code) => {
      const neverShown = code !== 0 && Date.now() - startedAt < startupMs;
      resolve(neverShown ? `Electron ended at once (code ${code ?? 'none'})` : undefined);
    });
  });
}
