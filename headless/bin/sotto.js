#!/usr/bin/env node
// Plain JavaScript that any Node >= 20 can read: finds the Node 24 that the package brings and hands over to it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const project = new URL('../../', import.meta.url);
const brought = fileURLToPath(
  new URL(
    process.platform === 'win32' ? 'node_modules/node/bin/node.exe' : 'node_modules/node/bin/node',
    project,
  ),
);
const child = spawn(
  existsSync(brought) ? brought : process.execPath,
  [
    '--disable-warning=ExperimentalWarning',
    fileURLToPath(new URL('headless/sotto.ts', project)),
    ...process.argv.slice(2),
  ],
  { stdio: 'inherit' },
);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(
    `Sotto could not start its Node program: ${error.message}. Run "npm ci" in the project folder and try again.`,
  );
  process.exitCode = 1;
});
child.on('exit', (code, signal) => {
  process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
});
