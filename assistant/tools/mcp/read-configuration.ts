import { z } from 'zod';
import { toolServerTransport, type ToolServerTransport } from '../../../contract/tool-servers.ts';
import { UserError } from '../../../contract/user-errors.ts';
import { cleanLine } from '../../retrieval/clean-text.ts';

const server = z.looseObject({
  command: z.string().optional(),
  args: z.array(z.string()).optional(),
  env: z.record(z.string(), z.coerce.string()).optional(),
  url: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
});
const file = z.looseObject({
  mcpServers: z.record(z.string(), server).optional(),
  servers: z.record(z.string(), server).optional(),
});
const MOST_SERVERS = 50;

export interface ConfiguredServer {
  readonly name: string;
  readonly transport: ToolServerTransport;
}

/**
 * The servers of a configuration file as other programs write it (`mcpServers` or `servers`). Nothing is started.
 *
 * @throws UserError tool-server-configuration with the reason.
 */
export function readConfiguration(text: string): ConfiguredServer[] {
  const refuse = (reason: string, cause?: unknown) =>
    new UserError('tool-server-configuration', { reason }, { cause });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw refuse('it is no JSON', cause);
  }
  const parsed = file.safeParse(content);
  if (!parsed.success) throw refuse(z.prettifyError(parsed.error).split('\n')[0]!, parsed.error);
  const listed = Object.entries(parsed.data.mcpServers ?? parsed.data.servers ?? {});
  if (listed.length === 0) throw refuse('it names no servers (mcpServers)');
  if (listed.length > MOST_SERVERS) throw refuse('it names too many servers');
  return listed.map(([name, { command, args, env, url, headers }]) => {
    const transport = toolServerTransport.safeParse(
      command
        ? { kind: 'stdio', command, arguments: args, environment: env }
        : { kind: 'http', url, headers },
    );
    if (!transport.success) throw refuse(`the entry ${cleanLine(name, 60)} has neither command nor address`);
    return { name: cleanLine(name, 60) || 'server', transport: transport.data };
  });
}
