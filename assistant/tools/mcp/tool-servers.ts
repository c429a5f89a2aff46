import type { Failure } from '../../../contract/turn-events.ts';
import type { ToolPermission, ToolServer, ToolServerTransport } from '../../../contract/tool-servers.ts';
import { UserError } from '../../../contract/user-errors.ts';
import { failureOf } from '../../failures.ts';
import { cleanLine } from '../../retrieval/clean-text.ts';
import type { Tool } from '../tool.ts';
import { readConfiguration } from './read-configuration.ts';
import type { ServerConnection } from './server-connection.ts';
import { fullToolNames, learnedTools } from './learned-tools.ts';
import { fingerprintOf, isApproved, type ServerEntry } from './server-entry.ts';
import type { ServerStore } from './server-store.ts';
import { serverTool } from './server-tool.ts';
import { checkPhrase } from './check-phrase.ts';
import type { SaidAlready } from './starter-says.ts';
import { spokenArguments } from './tool-phrase.ts';

export interface ToolServersOptions {
  readonly store: ServerStore;
  readonly version: string;
  readonly onChange: () => void;
  /** Whether one of these sentences means something to Sotto itself. */
  readonly saidAlready?: SaidAlready;
  readonly startPatienceMs?: number;
  readonly callPatienceMs?: number;
}

const MOST_SERVERS = 50;

/**
 * The servers of tools that the person added. One is started when a tool of it is first called, and only when the
 * person agreed to exactly what would be started; adding and importing start nothing.
 */
export class ToolServers {
  readonly #options: ToolServersOptions;
  #entries: readonly ServerEntry[];
  #tools: readonly Tool[] = [];
  readonly #connections = new Map<string, Promise<ServerConnection>>();
  readonly #states = new Map<string, { state: 'starting' | 'ready' | 'failed'; failure?: Failure }>();

  constructor(options: ToolServersOptions) {
    this.#options = options;
    this.#entries = options.store.read();
    this.#tools = this.#makeTools();
  }

  /** Of all servers that are switched on, as they were described last. */
  tools(): readonly Tool[] {
    return this.#tools;
  }

  list(): ToolServer[] {
    const names = fullToolNames(this.#entries);
    return this.#entries.map((entry) => ({
      id: entry.id,
      name: entry.name,
      transport: entry.transport,
      enabled: entry.enabled,
      approved: isApproved(entry),
      fingerprint: fingerprintOf(entry.transport),
      ...(this.#states.get(entry.id) ?? { state: entry.enabled ? ('resting' as const) : ('off' as const) }),
      alwaysAllow: entry.alwaysAllow,
      tools: entry.tools.map(({ name, description, permission, phrase, parameters }) => ({
        name,
        fullName: names.get(`${entry.id}/${name}`)!,
        description,
        permission,
        phrase,
        spokenArguments: spokenArguments(parameters)?.map((argument) => argument.name),
      })),
    }));
  }

  /** Switched off; it is started by `setEnabled` or `test`. */
  add(name: string, transport: ToolServerTransport): string {
    if (this.#entries.length >= MOST_SERVERS)
      throw new UserError('tool-server-configuration', { reason: 'there are too many servers' });
    const id = crypto.randomUUID();
    const entry = {
      id,
      name: cleanLine(name, 60) || 'server',
      transport,
      enabled: false,
      approvedFingerprint: '',
      alwaysAllow: false,
      tools: [],
    };
    this.#save([...this.#entries, entry]);
    return id;
  }

  /** All of a configuration file, switched off. Returns their names. */
  import(text: string): string[] {
    const servers = readConfiguration(text);
    for (const { name, transport } of servers) this.add(name, transport);
    return servers.map(({ name }) => name);
  }

  async remove(id: string): Promise<void> {
    this.#require(id);
    this.#save(this.#entries.filter((entry) => entry.id !== id));
    await this.#stop(id);
  }

  /** Switching on starts it once, to learn its tools. `fingerprint` says what the person agreed to. */
  async setEnabled(id: string, enabled: boolean, fingerprint: string, signal: AbortSignal): Promise<void> {
    if (!enabled) {
      this.#change(id, { enabled: false });
      await this.#stop(id);
      return;
    }
    await this.#tryOut(id, fingerprint, signal);
    this.#change(id, { enabled: true });
  }

  /** Starts it and reads its tools anew. Throws UserError `tool-server-unapproved` or `tool-server-failed`. */
  async test(
    id: string,
    fingerprint: string,
    signal: AbortSignal,
  ): Promise<{ toolCount: number; milliseconds: number }> {
    const startedAt = performance.now();
    await this.#tryOut(id, fingerprint, signal);
    const milliseconds = performance.now() - startedAt;
    const { tools, enabled } = this.#require(id);
    if (!enabled) await this.#stop(id);
    return { toolCount: tools.length, milliseconds };
  }

  async #tryOut(id: string, fingerprint: string, signal: AbortSignal): Promise<void> {
    const entry = this.#require(id);
    if (fingerprint !== fingerprintOf(entry.transport))
      throw new UserError('tool-server-unapproved', { server: entry.name });
    this.#change(id, { approvedFingerprint: fingerprint });
    await this.#stop(id);
    await this.#connection(id, signal);
  }

  setPermission(id: string, tool: string, permission: ToolPermission): void {
    const { tools } = this.#require(id);
    this.#change(id, { tools: tools.map((one) => (one.name === tool ? { ...one, permission } : one)) });
  }

  /** @throws UserError tool-phrase when it is no phrase for this tool, or one that means something else already. */
  async setPhrase(id: string, tool: string, phrase: string): Promise<void> {
    const known = this.#require(id).tools.find((one) => one.name === tool);
    if (!known) throw new UserError('bad-request', { tool });
    if (phrase !== '')
      await checkPhrase({ phrase, serverId: id, tool: known }, this.#entries, this.#options.saidAlready);
    const { tools } = this.#require(id);
    this.#change(id, { tools: tools.map((one) => (one.name === tool ? { ...one, phrase } : one)) });
  }

  setAlwaysAllow(id: string, alwaysAllow: boolean): void {
    this.#change(id, { alwaysAllow });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#connections.keys()].map((id) => this.#stop(id)));
  }

  async #connection(id: string, signal: AbortSignal): Promise<ServerConnection> {
    const present = this.#connections.get(id);
    if (present) {
      const connection = await present;
      if (connection.isOpen) return connection;
    }
    const entry = this.#require(id);
    if (!isApproved(entry)) throw new UserError('tool-server-unapproved', { server: entry.name });
    const opening = this.#open(entry, signal);
    this.#connections.set(id, opening);
    try {
      return await opening;
    } catch (error) {
      this.#connections.delete(id);
      throw error;
    }
  }

  async #open(entry: ServerEntry, signal: AbortSignal): Promise<ServerConnection> {
    const { version, startPatienceMs, callPatienceMs } = this.#options;
    const { id, name, transport } = entry;
    this.#tellState(id, { state: 'starting' });
    try {
      const onLost = () => {
        const failure = {
          code: 'tool-server-failed',
          details: { server: name, reason: 'it stopped' },
        } as const;
        this.#connections.delete(id);
        this.#tellState(id, { state: 'failed', failure });
      };
      // Few have servers; nobody else waits for what they need.
      const { ServerConnection } = await import('./server-connection.ts');
      const connection = await ServerConnection.open(
        { name, transport, version, startPatienceMs, callPatienceMs, onLost },
        signal,
      );
      try {
        this.#change(id, learnedTools(this.#require(id), await connection.listTools(signal)));
      } catch (error) {
        await connection.close();
        throw error;
      }
      this.#tellState(id, { state: 'ready' });
      return connection;
    } catch (error) {
      if (signal.aborted) this.#tellState(id, undefined);
      else this.#tellState(id, { state: 'failed', failure: failureOf(error) });
      throw error;
    }
  }

  async #stop(id: string): Promise<void> {
    const connection = this.#connections.get(id);
    this.#connections.delete(id);
    this.#tellState(id, undefined);
    await connection?.then((open) => open.close()).catch(() => {});
  }

  #tellState(
    id: string,
    state: { state: 'starting' | 'ready' | 'failed'; failure?: Failure } | undefined,
  ): void {
    if (state) this.#states.set(id, state);
    else this.#states.delete(id);
    this.#options.onChange();
  }

  #require(id: string): ServerEntry {
    const entry = this.#entries.find((one) => one.id === id);
    if (!entry) throw new UserError('bad-request', { server: id });
    return entry;
  }

  #change(id: string, change: Partial<ServerEntry>): void {
    this.#require(id);
    this.#save(this.#entries.map((entry) => (entry.id === id ? { ...entry, ...change } : entry)));
  }

  #save(entries: readonly ServerEntry[]): void {
    this.#options.store.write(entries);
    this.#entries = entries;
    this.#tools = this.#makeTools();
    this.#options.onChange();
  }

  #makeTools(): Tool[] {
    const names = fullToolNames(this.#entries);
    return this.#entries
      .filter((entry) => entry.enabled && isApproved(entry))
      .flatMap((entry) =>
        entry.tools.map((tool) =>
          serverTool({
            fullName: names.get(`${entry.id}/${tool.name}`)!,
            entry,
            tool,
            permission: () => this.#permissionOf(entry.id, tool.name),
            allowAlways: () => this.setAlwaysAllow(entry.id, true),
            call: async (given, signal) =>
              (await this.#connection(entry.id, signal)).call(tool.name, given, signal),
          }),
        ),
      );
  }

  #permissionOf(id: string, name: string): ToolPermission {
    const entry = this.#entries.find((one) => one.id === id);
    const tool = entry?.tools.find((one) => one.name === name);
    if (!entry?.enabled || !tool) return 'never';
    return tool.permission === 'ask' && entry.alwaysAllow ? 'always' : tool.permission;
  }
}
