import { z } from 'zod';
import { isHttpAddress } from './http-address.ts';
import { failure } from './turn-events.ts';

/** How a server of tools (Model Context Protocol) is reached: a program on this machine, or an address. */
export const toolServerTransport = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('stdio'),
    command: z.string().trim().min(1).max(2000),
    arguments: z.array(z.string().max(4000)).max(100).default([]),
    /** Given to the program beside a few harmless ones of this machine (PATH, HOME). */
    environment: z.record(z.string().regex(/^[^=\0]{1,200}$/), z.string().max(8000)).default({}),
  }),
  z.object({
    kind: z.literal('http'),
    url: z.string().max(2000).refine(isHttpAddress, 'not an http address'),
    headers: z.record(z.string().regex(/^[!#$%&'*+.^_`|~\w-]{1,100}$/), z.string().max(4000)).default({}),
  }),
]);
export type ToolServerTransport = z.infer<typeof toolServerTransport>;

/** Before each call: ask the person, go on, or do not call. */
export const toolPermission = z.enum(['ask', 'always', 'never']);
export type ToolPermission = z.infer<typeof toolPermission>;

export const toolPhrase = z.string().trim().max(200);

export const toolServer = z.object({
  id: z.string(),
  name: z.string(),
  transport: toolServerTransport,
  enabled: z.boolean(),
  /** Whether the person has seen and agreed to exactly this command and environment (or address). */
  approved: z.boolean(),
  /** Names what would be started; to be sent back with the agreement to start it. */
  fingerprint: z.string(),
  state: z.enum(['off', 'resting', 'starting', 'ready', 'failed']),
  failure: failure.optional(),
  /** All of its tools may be used without asking, save those that are never to be. */
  alwaysAllow: z.boolean(),
  tools: z.array(
    z.object({
      name: z.string(),
      /** As the model and the cards call it. */
      fullName: z.string(),
      description: z.string(),
      permission: toolPermission,
      /** What the person says to call it with a model that chooses no tools: "ask the library {query}"; '' = nothing. */
      phrase: z.string(),
      /** The arguments that a phrase may hold; absent for a tool that cannot be called in a phrase. */
      spokenArguments: z.array(z.string()).optional(),
    }),
  ),
});
export type ToolServer = z.infer<typeof toolServer>;
