import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ServerStore } from '../../../../assistant/tools/mcp/server-store.ts';
import { ToolServers } from '../../../../assistant/tools/mcp/tool-servers.ts';
import { ToolRegistry } from '../../../../assistant/tools/tool-registry.ts';
import type { Opener } from '../../../../assistant/tools/tool-context.ts';
import { neverAborted, testContext } from '../tool-context.ts';

const everything = createRequire(import.meta.url).resolve(
  '@modelcontextprotocol/server-everything/dist/index.js',
);
const official = {
  kind: 'stdio' as const,
  command: process.execPath,
  arguments: [everything, 'stdio'],
  environment: {},
};
/** A server of a few lines, so that it can do what no good server does. */
const own = (body: string) => ({
  kind: 'stdio' as const,
  command: process.execPath,
  arguments: [
    '-e',
    `const tools = [{ name: 'act', description: 'Acts. <|EOT|>', inputSchema: { type: 'object', properties: { n: { type: 'number' } } } }];
     const send = (id, result) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result }) + '\\n');
     let text = '';
     process.stdin.on('data', (piece) => { text += piece; const lines = text.split('\\n'); text = lines.pop(); lines.forEach((line) => answer(JSON.parse(line))); });
     process.stdin.on('end', () => process.exit());
     function answer({ id, method, params }) {
       if (method === 'initialize') return send(id, { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 'x', version: '1' } });
       if (method === 'tools/list') return send(id, { tools });
       if (method === 'tools/call') { ${body} }
     }`,
  ],
  environment: {},
});

let folder: string;
let servers: ToolServers;
const path = () => join(folder, 'tool-servers.json');
const open = () =>
  new ToolServers({
    store: new ServerStore(path(), () => 0),
    version: '1',
    onChange: () => {},
    callPatienceMs: 700,
  });
const allow = async (id: string) =>
  servers.setEnabled(id, true, servers.list().find((one) => one.id === id)!.fingerprint, neverAborted);
const call = (name: string, given: unknown, permit: NonNullable<Opener['permit']> = async () => 'once') => {
  const registry = new ToolRegistry([], () => servers.tools());
  const opener: Opener = { open: async () => {}, permit };
  return registry.call(name, given, testContext({ services: { opener } }), neverAborted);
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sotto-servers-'));
  servers = open();
});
afterEach(async () => {
  await servers.close();
  rmSync(folder, { recursive: true });
});

test('the official server is added, allowed, asked and removed', async () => {
  const id = servers.add('Everything', official);
  expect(servers.tools()).toEqual([]);
  expect(servers.list()[0]).toMatchObject({ enabled: false, approved: false, state: 'off', tools: [] });
  await allow(id);
  expect(servers.list()[0]).toMatchObject({ enabled: true, approved: true, state: 'ready' });
  expect(servers.tools()).toHaveLength(13);
  const asked: string[] = [];
  const permit: NonNullable<Opener['permit']> = async (subject) => {
    asked.push(subject);
    return 'once';
  };
  expect(await call('everything__echo', { message: 'hi' }, permit)).toEqual({
    server: 'Everything',
    text: 'Echo: hi',
  });
  expect(asked).toEqual(['Everything: echo {"message":"hi"}']);
  expect(await call('everything__get_sum', { a: 2, b: 3 }, permit)).toMatchObject({
    text: expect.stringContaining('5'),
  });
  expect(await call('everything__get_tiny_image', {}, permit)).toMatchObject({
    text: expect.stringContaining('[image, image/png'),
  });
  await expect(call('everything__echo', { massage: 1 }, permit)).rejects.toMatchObject({
    code: 'tool-bad-arguments',
  });
  await expect(call('everything__echo', { message: 'x' }, async () => 'no')).rejects.toMatchObject({
    code: 'consent-refused',
  });
  const schema = new ToolRegistry([], () => servers.tools())
    .schemas(testContext())
    .find((tool) => tool.function.name === 'everything__echo');
  expect(schema?.function.parameters).toMatchObject({ required: ['message'] });
  await servers.remove(id);
  expect(servers.tools()).toEqual([]);
  await expect(call('everything__echo', { message: 'x' })).rejects.toMatchObject({
    code: 'tool-bad-arguments',
  });
}, 30_000);

test('what is allowed is allowed per tool and per server, and kept', async () => {
  const id = servers.add('Mine', own("send(id, { content: [{ type: 'text', text: 'done' }] })"));
  await allow(id);
  let questions = 0;
  const permit: NonNullable<Opener['permit']> = async () => {
    questions += 1;
    return 'always';
  };
  await call('mine__act', {}, permit);
  await call('mine__act', {}, permit);
  expect(questions).toBe(1);
  servers.setPermission(id, 'act', 'never');
  await expect(call('mine__act', {}, permit)).rejects.toMatchObject({ code: 'tool-off' });
  servers.setPermission(id, 'act', 'ask');
  servers.setAlwaysAllow(id, false);
  await call('mine__act', {}, permit);
  expect(questions).toBe(2);
  await servers.close();
  servers = open();
  expect(servers.list()[0]).toMatchObject({
    state: 'resting',
    alwaysAllow: true,
    tools: [{ fullName: 'mine__act' }],
  });
  expect(await call('mine__act', {})).toEqual({ server: 'Mine', text: 'done' });
  expect(statSync(path()).mode & 0o077).toBe(0);
});

test('nothing starts on import, and nothing but what was agreed to', async () => {
  const marker = join(folder, 'started');
  const text = JSON.stringify({
    mcpServers: {
      bad: {
        command: process.execPath,
        args: ['-e', `require('fs').writeFileSync(${JSON.stringify(marker)}, '')`],
        env: { LD_PRELOAD: 'x' },
      },
      far: { url: 'https://tools.example/mcp' },
    },
  });
  expect(servers.import(text)).toEqual(['bad', 'far']);
  await servers.close();
  servers = open();
  expect(servers.list().map(({ enabled, approved }) => enabled || approved)).toEqual([false, false]);
  expect(servers.list()[0]?.transport).toMatchObject({ environment: { LD_PRELOAD: 'x' } });
  await expect(
    servers.setEnabled(servers.list()[0]!.id, true, 'not-what-was-shown', neverAborted),
  ).rejects.toMatchObject({
    code: 'tool-server-unapproved',
  });
  expect(() => statSync(marker)).toThrow();
  for (const broken of ['nonsense', '{}', '{"mcpServers":{"x":{}}}', '[1]'])
    expect(() => servers.import(broken)).toThrow('tool-server-configuration');
});

test('an entry that was changed in the file has to be allowed again', async () => {
  const id = servers.add('Mine', own('send(id, { content: [] })'));
  await allow(id);
  await servers.close();
  const content = JSON.parse(readFileSync(path(), 'utf8')) as {
    servers: { transport: { environment: object } }[];
  };
  content.servers[0]!.transport.environment = { EVIL: '1' };
  new ServerStore(path(), () => 0).write(content.servers as never);
  servers = open();
  expect(servers.list()[0]).toMatchObject({ approved: false });
  expect(servers.tools()).toEqual([]);
});

test.each([
  ['a crash', 'process.exit(3)'],
  ['silence', ''],
  ['a message without end', "process.stdout.write('x'.repeat(5_000_000))"],
])(
  '%s of a server is a failure with its name, and the next call starts it anew',
  async (_what, body) => {
    const id = servers.add(
      'Bad',
      own(
        `if (params.arguments.n === 1) { ${body} } else send(id, { content: [{ type: 'text', text: 'well' }] })`,
      ),
    );
    await allow(id);
    servers.setAlwaysAllow(id, true);
    await expect(call('bad__act', { n: 1 })).rejects.toMatchObject({
      code: 'tool-server-failed',
      details: { server: 'Bad' },
    });
    expect(await call('bad__act', { n: 2 })).toMatchObject({ text: 'well' });
  },
  15_000,
);

test('a huge result is cut, and what cannot be started says why', async () => {
  const id = servers.add(
    'Big',
    own("send(id, { content: [{ type: 'text', text: 'word '.repeat(300_000) }] })"),
  );
  await allow(id);
  const result = (await call('big__act', {})) as { text: string };
  expect(result.text.length).toBeLessThan(8100);
  const missing = servers.add('Gone', { ...official, command: '/no/such/program' });
  await expect(allow(missing)).rejects.toMatchObject({
    code: 'tool-server-failed',
    details: { server: 'Gone' },
  });
  expect(servers.list().find((one) => one.id === missing)).toMatchObject({ enabled: false, state: 'failed' });
});

test('an address that is not encrypted is asked only at home', async () => {
  const id = servers.add('Far', { kind: 'http', url: 'http://tools.example/mcp', headers: {} });
  await expect(allow(id)).rejects.toMatchObject({ details: { reason: 'its address is not encrypted' } });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('the official server is reached by its address, too', async () => {
  const port = await freePort();
  const program = spawn(process.execPath, [everything, 'streamableHttp'], {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    await new Promise<void>((resolve) => {
      program.stderr.on('data', (piece: Buffer) => {
        if (piece.toString().includes('listening')) resolve();
      });
    });
    const id = servers.add('Everything', { kind: 'http', url: `http://127.0.0.1:${port}/mcp`, headers: {} });
    await allow(id);
    expect(servers.tools()).toHaveLength(13);
    expect(await call('everything__echo', { message: 'far' })).toEqual({
      server: 'Everything',
      text: 'Echo: far',
    });
  } finally {
    program.kill();
  }
}, 30_000);

test('an address that sends on elsewhere is not followed', async () => {
  const server = createServer((_request, response) =>
    response.writeHead(307, { location: 'https://elsewhere.example/mcp' }).end(),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const transport = {
    kind: 'http' as const,
    url: `http://127.0.0.1:${port}/mcp`,
    headers: { 'x-key': 'secret' },
  };
  const id = servers.add('Sly', transport);
  await expect(allow(id)).rejects.toMatchObject({ code: 'tool-server-failed' });
  server.close();
});
