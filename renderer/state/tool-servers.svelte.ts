import type { Assistant } from '../../contract/assistant-contract.ts';
import type { ToolPermission, ToolServer, ToolServerTransport } from '../../contract/tool-servers.ts';

/** The servers of tools that the person added. */
export class ToolServers {
  list = $state.raw<readonly ToolServer[]>([]);
  /** What the last test of each server found. */
  tests = $state.raw<Readonly<Record<string, { toolCount: number; milliseconds: number }>>>({});
  /** Names of what was imported last. */
  imported = $state.raw<readonly string[]>([]);
  private readonly assistant: () => Assistant;
  private readonly onFailure: (error: unknown) => void;
  private isRead = false;

  constructor(assistant: () => Assistant, onFailure: (error: unknown) => void) {
    this.assistant = assistant;
    this.onFailure = onFailure;
  }

  async read(): Promise<void> {
    this.isRead = true;
    await this.ask(async (assistant, signal) => {
      this.list = await assistant.listToolServers({}, signal);
    });
  }

  /** Told that something changed; of interest only to who has looked. */
  async changed(): Promise<void> {
    if (this.isRead) await this.read();
  }

  /** True when it was taken. */
  add(name: string, transport: ToolServerTransport): Promise<boolean> {
    return this.ask((assistant, signal) => assistant.addToolServer({ name, transport }, signal));
  }

  import(text: string): Promise<boolean> {
    return this.ask(async (assistant, signal) => {
      this.imported = (await assistant.importToolServers({ text }, signal)).names;
    });
  }

  remove(serverId: string): Promise<boolean> {
    return this.ask((assistant, signal) => assistant.removeToolServer({ serverId }, signal));
  }

  /** With what the person saw of it. */
  setEnabled({ id, fingerprint }: ToolServer, enabled: boolean): Promise<boolean> {
    return this.ask((assistant, signal) =>
      assistant.setToolServerEnabled({ serverId: id, enabled, fingerprint }, signal),
    );
  }

  test({ id, fingerprint }: ToolServer): Promise<boolean> {
    return this.ask(async (assistant, signal) => {
      const found = await assistant.testToolServer({ serverId: id, fingerprint }, signal);
      this.tests = { ...this.tests, [id]: found };
    });
  }

  setPermission(serverId: string, tool: string, permission: ToolPermission): Promise<boolean> {
    return this.ask((assistant, signal) =>
      assistant.setToolPermission({ serverId, tool, permission }, signal),
    );
  }

  /** What is said to call a tool; '' takes it back. */
  setPhrase(serverId: string, tool: string, phrase: string): Promise<boolean> {
    return this.ask((assistant, signal) => assistant.setToolPhrase({ serverId, tool, phrase }, signal));
  }

  setTrust(serverId: string, alwaysAllow: boolean): Promise<boolean> {
    return this.ask((assistant, signal) => assistant.setToolServerTrust({ serverId, alwaysAllow }, signal));
  }

  private async ask(work: (assistant: Assistant, signal: AbortSignal) => Promise<unknown>): Promise<boolean> {
    try {
      await work(this.assistant(), new AbortController().signal);
      return true;
    } catch (error) {
      this.onFailure(error);
      return false;
    }
  }
}

/** A command line as a person types it; quotes hold words together. An address is an address. */
export function transportFrom(line: string, environment: string): ToolServerTransport {
  const pairs = environment
    .split('\n')
    .map((one) => /^\s*([^=:\s]+)\s*[=:]\s?(.*)$/.exec(one))
    .flatMap((match) => (match ? [[match[1]!, match[2]!.trim()] as const] : []));
  const named = Object.fromEntries(pairs);
  if (/^https?:\/\//i.test(line.trim())) return { kind: 'http', url: line.trim(), headers: named };
  const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    (match) => match[1] ?? match[2] ?? match[3]!,
  );
  return { kind: 'stdio', command: words[0] ?? '', arguments: words.slice(1), environment: named };
}
