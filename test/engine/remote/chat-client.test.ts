import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RemoteModel } from '../../../contract/engine-contract.ts';
import { UserError } from '../../../contract/user-errors.ts';
import { ChatClient } from '../../../engine/remote/chat-client.ts';
import { testConnection } from '../../../engine/remote/test-connection.ts';
import { StandInServer, type Misbehaviour } from './stand-in-server.ts';

const never = new AbortController().signal;
const secret = 'sk-very-secret-42';
const impatient = { connectMs: 1000, beginMs: 150, pieceMs: 150 };
const question = {
  messages: [{ role: 'human', content: 'Hello?' }],
  continue_final_message: false,
  add_generation_prompt: true,
};

let server: StandInServer;
const clients: ChatClient[] = [];
beforeEach(async () => {
  server = await StandInServer.start({ key: secret });
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await server.stop();
});

function remoteModel(change: Partial<RemoteModel> = {}): RemoteModel {
  const usual = { model: 'step-audio-2-mini', key: secret, thinks: false, allowPlainHttp: false, proxy: '' };
  return { ...usual, ...change, url: change.url ?? server.url };
}

function open(change: Partial<RemoteModel> = {}): ChatClient {
  const client = new ChatClient(remoteModel(change), impatient);
  clients.push(client);
  return client;
}

async function ask(client: ChatClient, signal = never): Promise<string> {
  let text = '';
  for await (const delta of client.reply(question, signal)) text += delta.text;
  return text;
}

/** The failure of a question; its details never hold the key. */
async function failure(work: Promise<unknown>): Promise<UserError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  expect(JSON.stringify((error as UserError).details)).not.toContain(secret);
  return error as UserError;
}

test('a reply comes piece by piece, and the key goes along', async () => {
  server.reply = () => ({ text: 'Good morning, 世界 👋🏽!' });
  server.writeBytes = 1;
  expect(await ask(open())).toBe('Good morning, 世界 👋🏽!');
  expect(server.chats[0]!.headers.authorization).toBe(`Bearer ${secret}`);
  expect(server.chats[0]!.body).toMatchObject({ model: 'step-audio-2-mini', stream: true });
});

test('a server that answers whole is understood as well', async () => {
  server.options = { ...server.options, whole: true };
  server.reply = () => ({ text: 'All at once.' });
  expect(await ask(open())).toBe('All at once.');
});

const html = '<!doctype html><title>Router</title>';
const failures: readonly [string, Misbehaviour, string, Record<string, unknown>][] = [
  ['does not accept the key', { kind: 'status', status: 401 }, 'remote-key-refused', {}],
  [
    'does not know the model',
    { kind: 'status', status: 404, body: '{"error":{"message":"The model `x` does not exist."}}' },
    'remote-model-missing',
    { model: 'step-audio-2-mini' },
  ],
  [
    'has no chat',
    { kind: 'status', status: 404, body: '{"detail":"Not Found"}' },
    'remote-not-understood',
    {},
  ],
  [
    'is overrun for long',
    { kind: 'status', status: 429, headers: { 'retry-after': '60' } },
    'remote-busy',
    {},
  ],
  [
    'fails, with the key in its words',
    { kind: 'status', status: 500, body: `{"error":{"message":"bad\\nkey ${secret}"}}` },
    'remote-failed',
    { status: 500, reason: 'bad key •••' },
  ],
  [
    'fails with a web page',
    { kind: 'status', status: 500, body: html },
    'remote-failed',
    { reason: 'a web page' },
  ],
  [
    'is a web page',
    { kind: 'status', status: 200, body: html, headers: { 'content-type': 'text/html' } },
    'remote-not-understood',
    { reason: 'a web page' },
  ],
  [
    'is no JSON',
    { kind: 'status', status: 200, body: 'ok' },
    'remote-not-understood',
    { reason: 'broken JSON' },
  ],
  [
    'is another kind of JSON',
    { kind: 'status', status: 200, body: '{"choices":7}' },
    'remote-not-understood',
    { reason: 'no piece of a reply' },
  ],
  [
    'sends on to another machine',
    { kind: 'status', status: 307, headers: { location: `https://else.example/v1?key=${secret}` } },
    'remote-moved',
    { to: 'https://else.example' },
  ],
  ['sends a broken piece', { kind: 'piece', text: 'data: {"choices":[\n\n' }, 'remote-not-understood', {}],
  [
    'fails in the middle',
    { kind: 'piece', text: 'data: {"error":{"message":"out of memory","code":500}}\n\n' },
    'remote-failed',
    { reason: 'out of memory' },
  ],
  ['hangs up in the middle', { kind: 'drop', afterPieces: 2 }, 'remote-cut-off', {}],
  ['ends in the middle', { kind: 'end-early', afterPieces: 2 }, 'remote-cut-off', {}],
  ['never begins', { kind: 'silent' }, 'remote-silent', {}],
  ['never goes on', { kind: 'stall', afterPieces: 2 }, 'remote-silent', {}],
  ['always hangs up', { kind: 'hang-up' }, 'remote-unreachable', { reason: 'it hung up' }],
];

test.each(failures)(
  'a server that %s is told as such',
  async (_what, misbehaviour, code, details) => {
    server.reply = () => ({ text: 'one two three four five' });
    server.misbehave(misbehaviour);
    const error = await failure(ask(open()));
    expect(error.code).toBe(code);
    expect(error.details).toMatchObject({ host: new URL(server.url).host, ...details });
  },
  10_000,
);

test('what may pass is tried again while nothing has been received', async () => {
  server.misbehave({ kind: 'status', status: 503, headers: { 'retry-after': '0' } }, 2);
  expect(await ask(open())).toBe('Hello.');
  server.misbehave({ kind: 'hang-up' }, 1);
  expect(await ask(open())).toBe('Hello.');
});

test('what was begun is not asked for again', async () => {
  server.reply = () => ({ text: 'one two three four five' });
  server.misbehave({ kind: 'drop', afterPieces: 2 }, 1);
  await failure(ask(open()));
  expect(server.chats).toHaveLength(1);
});

test('nobody listens: that is told without waiting', async () => {
  const { url } = server;
  await server.stop();
  const error = await failure(ask(open({ url })));
  expect(error).toMatchObject({ code: 'remote-unreachable', details: { reason: 'nothing listens there' } });
  server = await StandInServer.start();
});

test('an interruption ends the request at once, whatever the server does', async () => {
  server.misbehave({ kind: 'silent' });
  const waiting = new AbortController();
  const asked = ask(open(), waiting.signal);
  setTimeout(() => waiting.abort(new Error('enough')), 30);
  await expect(asked).rejects.toThrow('enough');
  server.misbehaviour = undefined;
  server.reply = () => ({ text: 'a b c d e f g h i j k l', pieceMs: 20 });
  const talking = new AbortController();
  const heard = (async () => {
    for await (const delta of open().reply(question, talking.signal)) {
      if (delta.text !== '') talking.abort(new Error('enough'));
    }
  })();
  await expect(heard).rejects.toThrow('enough');
  await expect.poll(() => server.abandoned).toBe(2);
});

test('leaving a reply ends the request', async () => {
  server.reply = () => ({ text: 'a b c d e f g h i j k l', pieceMs: 20 });
  for await (const delta of open().reply(question, never)) if (delta.text !== '') break;
  await expect.poll(() => server.abandoned).toBe(1);
});

test('without encryption nothing is sent to a public address, unless that was allowed', () => {
  const refused = () => open({ url: 'http://8.8.8.8:8000' });
  expect(refused).toThrow(expect.objectContaining({ code: 'remote-not-private' }));
  expect(() => open({ url: 'http://8.8.8.8:8000', allowPlainHttp: true })).not.toThrow();
  expect(() => open({ url: 'https://8.8.8.8:8000' })).not.toThrow();
  const proxied = () => open({ url: 'http://example.org', proxy: 'http://127.0.0.1:9' });
  expect(proxied).toThrow(expect.objectContaining({ code: 'remote-not-private' }));
});

test('a key that is no header is refused before anything is sent', () => {
  expect(() => open({ key: 'two\nlines' })).toThrow(expect.objectContaining({ code: 'remote-key-refused' }));
});

test('a proxy is used for the world and not for machines at home', async () => {
  const asked: string[] = [];
  const proxy = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.writeHead(502).end();
  });
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  expect(await ask(open({ proxy: address }))).toBe('Hello.');
  await failure(ask(open({ url: 'https://gpu.example.org', proxy: address })));
  expect(asked[0]).toBe('gpu.example.org:443');
  proxy.closeAllConnections();
  proxy.close();
});

test('a machine that cannot prove who it is gets nothing', async () => {
  let requests = 0;
  const strange = createTlsServer({ ...selfSigned }, () => (requests += 1));
  await new Promise<void>((resolve) => strange.listen(0, '127.0.0.1', resolve));
  const { port } = strange.address() as AddressInfo;
  const error = await failure(ask(open({ url: `https://127.0.0.1:${port}` })));
  expect(error.code).toBe('remote-not-trusted');
  expect(requests).toBe(0);
  strange.close();
});

test('the connection is tested without anything that somebody said', async () => {
  server.reply = ({ body }) =>
    body.continue_final_message ? { text: 'Hi', codes: [1, 2, 3, 4] } : { text: 'Hm' };
  const report = await testConnection(remoteModel(), never, impatient);
  expect(report).toMatchObject({
    models: ['step-audio-2-mini'],
    isEncrypted: false,
    hears: true,
    speaks: true,
  });
  server.reply = () => ({ text: 'Hi' });
  expect(await testConnection(remoteModel(), never, impatient)).toMatchObject({ hears: true, speaks: false });
  const missing = await failure(testConnection(remoteModel({ model: 'other' }), never, impatient));
  expect(missing).toMatchObject({ code: 'remote-model-missing', details: { served: 'step-audio-2-mini' } });
  const locked = await failure(testConnection(remoteModel({ key: '' }), never, impatient));
  expect(locked.code).toBe('remote-key-refused');
});

// Made for this test with openssl; it is no secret.
const selfSigned = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgxSH9iOsfAFnHIntg
VWCWnOoKLG0sBQIsOKai4Aw1hCqhRANCAAQRESHsjrJc5R74I9vp6rettqFxXqZd
QYXme9WxUlJQnrFtGstfYfiVwRV68RkaC26jrO8Uoi2YmKAIzkymVL3x
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBjzCCATSgAwIBAgIURmNPWCcnIU0gW2HxwCs7U6vnI90wCgYIKoZIzj0EAwIw
EzERMA8GA1UEAwwIc3RhbmQtaW4wIBcNMjYxMTIxMDgzNjAxWhgPMjEyNjEwMjgw
ODM2MDFaMBMxETAPBgNVBAMMCHN0YW5kLWluMFkwEwYHKoZIzj0CAQYIKoZIzj0D
AQcDQgAEEREh7I6yXOUe+CPb6eq3rbahcV6mXUGF5nvVsVJSUJ6xbRrLX2H4lcEV
evEZGgtuo6zvFKItmJigCM5MplS98aNkMGIwHQYDVR0OBBYEFIDTCrFSebXgSljt
ReH+wSIYsDvLMB8GA1UdIwQYMBaAFIDTCrFSebXgSljtReH+wSIYsDvLMA8GA1Ud
EwEB/wQFMAMBAf8wDwYDVR0RBAgwBocEfwAAATAKBggqhkjOPQQDAgNJADBGAiEA
jodHnqGX4isiI9iJSSLljBEEF+2UCwgv3vqehUX6TTgCIQCSp///K7SqH1Er11+W
wxYCZCvXFmMkpl24ISmyZfnPew==
-----END CERTIFICATE-----
`,
};
