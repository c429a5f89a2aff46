import { createHash } from 'node:crypto';
import { unlink } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

/** Where the server of one data folder can be asked for its address: a socket of this user, never a TCP port. */
export function instanceAddress(dataFolder: string): string {
  const name = createHash('sha256')
    .update(`${userInfo().username}\0${resolve(dataFolder)}`)
    .digest('hex')
    .slice(0, 16);
  return process.platform === 'win32'
    ? `\\\\.\\pipe\\sotto-${name}`
    : join(process.env['XDG_RUNTIME_DIR'] || tmpdir(), `sotto-${name}.sock`);
}

/** The page address that a server already running on this data folder gives out; undefined when there is none. */
export function askRunningInstance(address: string): Promise<string | undefined> {
  return new Promise((settle) => {
    const socket = connect(address);
    let answer = '';
    socket.setTimeout(2000, () => socket.destroy());
    socket.on('data', (chunk) => (answer += String(chunk)));
    socket.on('error', () => settle(undefined));
    socket.on('close', () => settle(answer.startsWith('http://127.0.0.1:') ? answer : undefined));
  });
}

/** Answers those who ask with a fresh page address. What a crashed server left behind is removed first. */
export async function answerAsInstance(address: string, issueAddress: () => string): Promise<Server> {
  if (process.platform !== 'win32') await unlink(address).catch(() => {});
  const server = createServer((socket) => {
    socket.on('error', () => {});
    socket.end(issueAddress());
  });
  const maskBefore = process.umask(0o077);
  try {
    await new Promise<void>((settle, reject) => {
      server.once('error', reject);
      server.listen(address, settle);
    });
  } finally {
    process.umask(maskBefore);
  }
  return server;
}
