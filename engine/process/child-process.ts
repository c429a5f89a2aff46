import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import { createInterface } from 'node:readline';
import type { Channel } from '../../contract/channel.ts';
import { UserError } from '../../contract/user-errors.ts';
import { StreamChannel } from './stream-channel.ts';

/** The descriptor of the channel in the child; standard output stays free for what libraries print. */
export const channelDescriptor = 3;
const keptLogLines = 20;
const politeExitMs = 2000;

export interface ChildOptions {
  readonly nodeBinary: string;
  readonly mainFile: string;
  readonly arguments: readonly string[];
  readonly onLogLine?: (line: string) => void;
}

/** How a child ended. */
export interface ChildEnd {
  readonly exitCode: number;
  /** Empty when it ended by itself. */
  readonly signal: string;
}

export interface Child {
  readonly processId: number;
  readonly channel: Channel;
  readonly ended: Promise<ChildEnd>;
  /** The last lines that it wrote to its outputs. */
  log(): string;
  /** At once, whatever it is doing. */
  kill(): void;
  /** Lets it end by itself first. */
  stop(): Promise<void>;
}

/** Starts a Node program with a channel to it. @throws UserError('engine-start-failed') */
export function startChild(options: ChildOptions): Child {
  const { nodeBinary, mainFile } = options;
  for (const path of [nodeBinary, mainFile]) {
    if (!existsSync(path)) throw new UserError('engine-start-failed', { reason: `${path} is missing` });
  }
  const child = spawn(nodeBinary, [mainFile, ...options.arguments], {
    // Overlapped matters on Windows, where a plain pipe cannot be read and written at once.
    stdio: ['ignore', 'pipe', 'pipe', 'overlapped'],
    env: childEnvironment(),
    windowsHide: true,
  });
  const stream = child.stdio[channelDescriptor] as Duplex;
  const channel = new StreamChannel(stream);
  const lines: string[] = [];
  for (const output of [child.stdout!, child.stderr!]) {
    createInterface({ input: output }).on('line', (line) => {
      lines.push(line);
      if (lines.length > keptLogLines) lines.shift();
      options.onLogLine?.(line);
    });
  }
  const ended = new Promise<ChildEnd>((resolve) => {
    child.once('error', (error) => {
      lines.push(error.message);
      channel.close();
      resolve({ exitCode: -1, signal: '' });
    });
    child.once('exit', (exitCode, signal) => resolve({ exitCode: exitCode ?? -1, signal: signal ?? '' }));
  });
  const kill = (): void => void child.kill('SIGKILL');
  // Whoever gives up the channel is of no more use; the exit tells how it ended.
  channel.onClose(() => setTimeout(kill, politeExitMs).unref());
  return {
    processId: child.pid ?? -1,
    channel,
    ended,
    log: () => lines.join('\n'),
    kill,
    stop: async () => {
      channel.close();
      await ended;
    },
  };
}

function childEnvironment(): NodeJS.ProcessEnv {
  const environment = { ...process.env };
  // Flags meant for this program would change or stop the child.
  for (const name of ['NODE_OPTIONS', 'ELECTRON_RUN_AS_NODE']) delete environment[name];
  return environment;
}
