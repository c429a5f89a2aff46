import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import {
  CallToolResultSchema,
  ListToolsResultSchema,
  type CallToolResult,
} from '@modelcontextprotocol/sdk/types.js';
import type { ToolServerTransport } from '../../../contract/tool-servers.ts';
import { UserError } from '../../../contract/user-errors.ts';
import { isNearbyName } from '../../../engine/remote/remote-address.ts';
import { cleanLine, cleanText, shortened } from '../../retrieval/clean-text.ts';
import { boundedFetch } from './bounded-fetch.ts';
import type { KnownTool } from './server-entry.ts';

type ToldTool = Omit<KnownTool, 'permission' | 'phrase'>;

export interface ConnectionOptions {
  readonly name: string;
  readonly transport: ToolServerTransport;
  readonly version: string;
  /** A first start may have to fetch its program. */
  readonly startPatienceMs?: number;
  readonly callPatienceMs?: number;
  /** Told once, when the server is gone without having been asked to go. */
  readonly onLost?: () => void;
}

const START_PATIENCE_MS = 60_000;
const CALL_PATIENCE_MS = 60_000;
const LARGEST_MESSAGE_BYTES = 4_000_000;
const MOST_TOOLS = 200;
const MOST_PAGES = 20;
const LARGEST_SCHEMA = 20_000;
const LONGEST_DESCRIPTION = 1000;
const KEPT_LOG = 600;

/**
 * One running server. It is offered nothing in return: it cannot ask for a reply of the model, for files or for
 * anything of the person's. Whatever it says is bounded in time and size, and is data.
 */
export class ServerConnection {
  readonly #options: ConnectionOptions;
  readonly #client: Client;
  #isOpen = false;
  #log = '';

  private constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#client = new Client({ name: 'sotto', version: options.version }, { capabilities: {} });
  }

  /** @throws UserError tool-server-failed when it does not start, or not in time. */
  static async open(options: ConnectionOptions, signal: AbortSignal): Promise<ServerConnection> {
    const connection = new ServerConnection(options);
    await connection.#start(signal);
    return connection;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  async listTools(signal: AbortSignal): Promise<ToldTool[]> {
    const tools: ToldTool[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES && tools.length < MOST_TOOLS; page += 1) {
      const request = { method: 'tools/list' as const, params: cursor ? { cursor } : {} };
      const answer = await this.#ask(
        () => this.#client.request(request, ListToolsResultSchema, this.#bounds(signal)),
        signal,
      );
      for (const { name, description, inputSchema } of answer.tools) {
        const isUsable =
          /^[\w./-]{1,128}$/.test(name) && JSON.stringify(inputSchema).length <= LARGEST_SCHEMA;
        if (!isUsable || tools.length >= MOST_TOOLS) continue;
        tools.push({
          name,
          description: cleanLine(description ?? '', LONGEST_DESCRIPTION),
          parameters: inputSchema,
        });
      }
      cursor = answer.nextCursor;
      if (!cursor) break;
    }
    return tools;
  }

  async call(
    name: string,
    given: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ): Promise<CallToolResult> {
    const request = { method: 'tools/call' as const, params: { name, arguments: { ...given } } };
    return this.#ask(() => this.#client.request(request, CallToolResultSchema, this.#bounds(signal)), signal);
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    await this.#client.close().catch(() => {});
  }

  async #start(signal: AbortSignal): Promise<void> {
    const transport = this.#transport();
    const lose = () => {
      if (!this.#isOpen) return;
      this.#isOpen = false;
      this.#options.onLost?.();
    };
    this.#client.onclose = lose;
    this.#client.onerror = (error) => {
      // Its transport gives it up; lines that are no messages are passed over.
      if (/exceeded maximum size/.test(error.message)) lose();
    };
    const timeout = this.#options.startPatienceMs ?? START_PATIENCE_MS;
    try {
      await this.#ask(() => this.#client.connect(transport, { signal, timeout }), signal);
      this.#isOpen = true;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  #transport(): Transport {
    const { transport } = this.#options;
    if (transport.kind === 'http') {
      const url = new URL(transport.url);
      if (url.protocol === 'http:' && !isNearbyName(url.hostname))
        throw this.#failed('its address is not encrypted');
      return new StreamableHTTPClientTransport(url, {
        requestInit: { headers: transport.headers },
        fetch: boundedFetch,
      }) as Transport;
    }
    const program = new StdioClientTransport({
      command: transport.command,
      args: transport.arguments,
      env: transport.environment,
      stderr: 'pipe',
      maxBufferSize: LARGEST_MESSAGE_BYTES,
    });
    program.stderr?.on('data', (piece: Buffer) => {
      this.#log = `${this.#log}${piece.toString('utf8')}`.slice(-KEPT_LOG);
    });
    return program;
  }

  #bounds(signal: AbortSignal) {
    return { signal, timeout: this.#options.callPatienceMs ?? CALL_PATIENCE_MS };
  }

  async #ask<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof UserError) throw error;
      const said = this.#isOpen ? '' : shortened(cleanText(this.#log).trim().split('\n').at(-1) ?? '', 200);
      throw this.#failed(
        said || (error instanceof Error ? cleanLine(error.message, 200) : 'no reason given'),
        error,
      );
    }
  }

  #failed(reason: string, cause?: unknown): UserError {
    return new UserError('tool-server-failed', { server: this.#options.name, reason }, { cause });
  }
}
