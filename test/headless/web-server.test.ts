import { mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Assistant } from '../../contract/assistant-contract.ts';
import { decodeMessage, encodeMessage } from '../../contract/calls/binary-codec.ts';
import { startWebServer, type WebServer } from '../../headless/web/web-server.ts';

let server: WebServer;

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-web-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>Sotto</title>');
  await symlink('/etc/hostname', join(folder, 'outside.txt'));
  const assistant = { newConversation: async () => undefined } as unknown as Assistant;
  server = await startWebServer({ assistant, rendererFolder: folder, port: 0, onInternalError: () => {} });
});
afterEach(() => server.close());

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Node's fetch would not let a test forge Host. */
function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        host: '127.0.0.1',
        port: server.port,
        path,
        method: options.method ?? 'GET',
        headers: options.headers ?? {},
      },
      (incoming) => {
        let body = '';
        incoming.on('data', (chunk) => (body += String(chunk)));
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(options.body);
  });
}

const origin = (): string => `http://127.0.0.1:${server.port}`;
const tokenOf = (address: string): string => address.split('#token=')[1] ?? '';

async function session(): Promise<string> {
  const answer = await ask('/session', {
    method: 'POST',
    headers: { origin: origin() },
    body: tokenOf(server.issueAddress()),
  });
  return String(answer.headers['set-cookie']).split(';')[0] ?? '';
}

function connect(headers: Record<string, string>): Promise<WebSocket | number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/assistant`, { headers });
    socket.on('open', () => resolve(socket));
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => {});
  });
}

test('the page is served with a policy that allows nothing from elsewhere', async () => {
  const answer = await ask('/');
  expect(answer.status).toBe(200);
  expect(answer.body).toContain('Sotto');
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  expect(answer.headers['content-security-policy']).not.toContain('unsafe');
});

test('a request that names another host is refused, so a rebound name reaches nothing', async () => {
  expect((await ask('/', { headers: { host: `evil.example:${server.port}` } })).status).toBe(403);
});

test('neither dots, nor encoded dots, nor links lead out of the folder', async () => {
  for (const path of [
    '/../../../etc/hostname',
    '/%2e%2e/%2e%2e/%2e%2e/etc/hostname',
    '/outside.txt',
    '/%00',
    '/%',
  ])
    expect((await ask(path)).status, path).toBeGreaterThanOrEqual(400);
});

test('the token opens one session, once, for our page only', async () => {
  const token = tokenOf(server.issueAddress());
  const post = (from: string, body: string) =>
    ask('/session', { method: 'POST', headers: { origin: from }, body });
  expect((await post('http://evil.example', token)).status).toBe(403);
  expect((await post(origin(), 'guess')).status).toBe(401);
  const opened = await post(origin(), token);
  expect(opened.status).toBe(204);
  expect(String(opened.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
  expect((await post(origin(), token)).status).toBe(401);
});

test('a connection needs the cookie and our origin', async () => {
  const cookie = await session();
  expect(await connect({ origin: origin() })).toBe(403);
  expect(await connect({ origin: 'http://evil.example', cookie })).toBe(403);
  expect(await connect({ cookie })).toBe(403);
  const socket = await connect({ origin: origin(), cookie });
  expect(socket).toBeInstanceOf(WebSocket);
  (socket as WebSocket).close();
});

test('calls cross the connection, and a malformed frame closes it', async () => {
  const socket = (await connect({ origin: origin(), cookie: await session() })) as WebSocket;
  const answer = new Promise((resolve) =>
    socket.once('message', (data) => resolve(decodeMessage(data as Buffer))),
  );
  socket.send(encodeMessage({ type: 'call', id: 1, name: 'newConversation', input: {} }));
  expect(await answer).toMatchObject({ type: 'result', id: 1 });
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.send('not a message');
  expect(await closed).toBe(1002);
});
