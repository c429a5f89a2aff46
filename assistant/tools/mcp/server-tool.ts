import { z } from 'zod';
import type { ToolPermission } from '../../../contract/tool-servers.ts';
import { UserError } from '../../../contract/user-errors.ts';
import { shortened } from '../../retrieval/clean-text.ts';
import { defineTool, type Tool } from '../tool.ts';
import type { ArgumentCheck } from './argument-check.ts';
import type { KnownTool, ServerEntry } from './server-entry.ts';
import { matchPhrase } from './match-phrase.ts';
import { keptPhrase } from './tool-phrase.ts';
import { serverResult, type ServerResult } from './server-result.ts';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';

export interface ServerToolOptions {
  readonly fullName: string;
  readonly entry: ServerEntry;
  readonly tool: KnownTool;
  readonly permission: () => ToolPermission;
  /** The person said "always": for all tools of this server. */
  readonly allowAlways: () => void;
  readonly call: (given: Readonly<Record<string, unknown>>, signal: AbortSignal) => Promise<CallToolResult>;
}

const LONGEST_SUBJECT = 1500;

/** A tool of a server that the person added. Its arguments are checked and its use is asked for before each call. */
export function serverTool({
  fullName,
  entry,
  tool,
  permission,
  allowAlways,
  call,
}: ServerToolOptions): Tool {
  let check: ArgumentCheck | undefined;
  const parts = keptPhrase(tool);
  return defineTool({
    name: fullName,
    description: `${tool.description || tool.name} (tool ${tool.name} of the server ${entry.name})`,
    input: z.looseObject({}),
    parameters: tool.parameters,
    // What a server does with what it is given cannot be known.
    leavesMachine: true,
    mayTakeLong: true,
    ...(parts ? { saidIn: (sentence: string) => matchPhrase(parts, sentence) } : {}),
    availability: () => (permission() === 'never' ? 'You do not allow this tool.' : ''),
    async run(given, { services }, signal): Promise<ServerResult> {
      check ??= (await import('./argument-check.ts')).argumentCheck(tool.parameters);
      const problem = check(given);
      if (problem) throw new UserError('tool-bad-arguments', { tool: fullName, problem });
      if (permission() === 'ask') {
        const subject = shortened(`${entry.name}: ${tool.name} ${JSON.stringify(given)}`, LONGEST_SUBJECT);
        const question = `May I use ${spoken(tool.name)} of ${entry.name}?`;
        const answer = (await services.opener.permit?.(subject, question, signal)) ?? 'no';
        if (answer === 'no') throw new UserError('consent-refused', { tool: fullName, subject });
        if (answer === 'always') allowAlways();
      }
      return serverResult(entry.name, await call(given, signal));
    },
  });
}

function spoken(name: string): string {
  return name.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

/** `server__tool`: lower case, no two alike, at most 64 characters, as models may be told them. */
export function fullToolName(server: string, tool: string, taken: ReadonlySet<string>): string {
  const slug = (text: string, longest: number) =>
    text
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_+|_+$/g, '')
      .slice(0, longest) || 'x';
  const name = `${slug(server, 20)}__${slug(tool, 38)}`;
  for (let number = 2; ; number += 1) {
    const candidate = number === 2 && !taken.has(name) ? name : `${name}_${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}
