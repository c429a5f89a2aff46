import { createRequire } from 'node:module';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ServerStore } from '../../assistant/tools/mcp/server-store.ts';
import { ToolServers } from '../../assistant/tools/mcp/tool-servers.ts';
import { ToolRegistry } from '../../assistant/tools/tool-registry.ts';
import type { ToolContext } from '../../assistant/tools/tool-context.ts';
import { percentile } from './percentiles.ts';

const calls = 300;

export interface McpOverhead {
  /** Start of the official server, its handshake and its list of tools. */
  readonly startMs: number;
  /** Each call of its `echo`, from our tool registry and back: checks, messages, its process, cleaning. */
  readonly callMs: readonly number[];
}

/** What a tool of a server costs beside what the tool itself does: `echo` of the official reference server over stdio. */
export async function mcpOverhead(): Promise<McpOverhead> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-bench-mcp-'));
  const server = createRequire(import.meta.url).resolve(
    '@modelcontextprotocol/server-everything/dist/index.js',
  );
  const store = new ServerStore(join(folder, 'servers.json'), Date.now);
  const servers = new ToolServers({ store, version: '0', onChange: () => {} });
  const signal = new AbortController().signal;
  try {
    const id = servers.add('bench', {
      kind: 'stdio',
      command: process.execPath,
      arguments: [server, 'stdio'],
      environment: {},
    });
    const startedAt = performance.now();
    await servers.setEnabled(id, true, servers.list()[0]!.fingerprint, signal);
    const startMs = performance.now() - startedAt;
    servers.setAlwaysAllow(id, true);
    const registry = new ToolRegistry([], () => servers.tools());
    const context = { settings: { disabledTools: [] as string[] }, services: {} } as unknown as ToolContext;
    const callMs: number[] = [];
    for (let count = 0; count < calls; count += 1) {
      const calledAt = performance.now();
      await registry.call('bench__echo', { message: 'hello' }, context, signal);
      callMs.push(performance.now() - calledAt);
    }
    return { startMs, callMs };
  } finally {
    await servers.close();
    await rm(folder, { recursive: true, force: true });
  }
}

export function describeOverhead({ callMs }: McpOverhead): string {
  return `p50 ${percentile(callMs, 0.5).toFixed(1)} ms, p95 ${percentile(callMs, 0.95).toFixed(1)} ms`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const overhead = await mcpOverhead();
  process.stdout.write(`start ${overhead.startMs.toFixed(0)} ms; echo ${describeOverhead(overhead)}\n`);
}
