import { spawn } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { projectPaths } from './project-paths.ts';

type Part = 'renderer' | 'electron';

/** What each part is built from, and a file that its build leaves behind. */
const parts: Readonly<Record<Part, { sources: readonly string[]; product: string }>> = {
  renderer: {
    sources: ['renderer', 'contract', 'resources', 'package.json'],
    product: 'dist/renderer/index.html',
  },
  electron: {
    sources: ['electron', 'assistant', 'engine', 'contract', 'package.json'],
    product: 'dist/electron/main.js',
  },
};

/** Builds the parts whose sources are newer than their product, so that `npm start` shows what is in the folder. */
export async function buildWhenStale(names: readonly Part[]): Promise<void> {
  for (const name of names) {
    const { sources, product } = parts[name];
    const built = await changedAt(join(projectPaths.project, product));
    const changes = await Promise.all(sources.map((source) => newest(join(projectPaths.project, source))));
    if (Math.max(...changes) <= built) continue;
    process.stdout.write(
      `Building the ${name === 'renderer' ? 'interface' : 'desktop app'} (a few seconds) ...\n`,
    );
    await runScript(`build:${name}`);
  }
}

async function newest(path: string): Promise<number> {
  const facts = await stat(path).catch(() => undefined);
  if (!facts) return 0;
  if (!facts.isDirectory()) return facts.mtimeMs;
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Math.max(0, ...(await Promise.all(files.map(changedAt))));
}

async function changedAt(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.mtimeMs ?? 0;
}

function runScript(script: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const npm = process.env['npm_execpath'];
    const child = npm
      ? spawn(process.execPath, [npm, 'run', '--silent', script], {
          cwd: projectPaths.project,
          stdio: 'inherit',
        })
      : spawn('npm', ['run', '--silent', script], {
          cwd: projectPaths.project,
          stdio: 'inherit',
          shell: process.platform === 'win32',
        });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`npm run ${script} ended with ${code}`)),
    );
  });
}
