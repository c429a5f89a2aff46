import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** `npm run serve` as a person starts it, on a data folder of its own. */
export class ServedAssistant {
  readonly address: string;
  readonly child: ChildProcess;

  private constructor(child: ChildProcess, address: string) {
    this.child = child;
    this.address = address;
  }

  static start(dataFolder: string): Promise<ServedAssistant> {
    const child = spawn(process.execPath, ['headless/serve.ts', '--no-open'], {
      cwd: project,
      env: { ...process.env, SOTTO_DATA_FOLDER: dataFolder },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Promise((resolve, reject) => {
      let errors = '';
      child.stderr?.on('data', (chunk) => (errors += String(chunk)));
      child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${errors}`)));
      createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
        const address = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(line)?.[0];
        if (address) resolve(new ServedAssistant(child, address));
      });
    });
  }

  stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return Promise.resolve();
    const gone = new Promise<void>((resolve) => this.child.once('exit', () => resolve()));
    this.child.kill(signal);
    return gone;
  }
}
