import { createHash } from 'node:crypto';
import { z } from 'zod';
import {
  toolPermission,
  toolPhrase,
  toolServerTransport,
  type ToolServerTransport,
} from '../../../contract/tool-servers.ts';

/** A tool as its server described it last. */
export const knownTool = z.object({
  name: z.string(),
  description: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  permission: toolPermission.default('ask'),
  phrase: toolPhrase.default('').catch(''),
});
export type KnownTool = z.infer<typeof knownTool>;

/** A server as the file keeps it. It runs only when `enabled` and when what runs is what was approved. */
export const serverEntry = z.object({
  id: z.string(),
  name: z.string(),
  transport: toolServerTransport,
  enabled: z.boolean().default(false),
  approvedFingerprint: z.string().default(''),
  alwaysAllow: z.boolean().default(false),
  tools: z.array(knownTool).default([]),
});
export type ServerEntry = z.infer<typeof serverEntry>;

/** Names exactly what would be started: another argument, another variable, another name. */
export function fingerprintOf(transport: ToolServerTransport): string {
  const sorted = (record: Readonly<Record<string, string>>) => Object.entries(record).sort();
  const facts =
    transport.kind === 'stdio'
      ? [transport.command, transport.arguments, sorted(transport.environment)]
      : [transport.url, sorted(transport.headers)];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 32);
}

export function isApproved(entry: ServerEntry): boolean {
  return entry.approvedFingerprint === fingerprintOf(entry.transport);
}
