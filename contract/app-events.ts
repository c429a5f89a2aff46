import { z } from 'zod';
import { knowledgeStatus } from './knowledge.ts';
import { conversion, download } from './model-library.ts';
import { settings, talkTask } from './settings.ts';
import { failure, turnEvent } from './turn-events.ts';

export const phase = z.enum(['idle', 'listening', 'understanding', 'working', 'speaking']);
export type Phase = z.infer<typeof phase>;

export const providerReport = z.object({
  /** The execution provider in use. */
  chosen: z.string(),
  /** Every provider that was tried before it, with the reason it was refused. */
  refused: z.array(z.object({ provider: z.string(), reason: z.string() })),
  threads: z.number(),
});
export type ProviderReport = z.infer<typeof providerReport>;

export const modelStatus = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  family: z.string(),
  version: z.string(),
  licence: z.string(),
  bytes: z.number(),
  languages: z.array(z.string()),
  /** How it speaks: its own speech tokens, or a text synthesiser. */
  speaks: z.enum(['token2wav', 'light-voice']),
  /** It makes the replies of another machine audible, and cannot answer by itself. */
  voiceOnly: z.boolean().optional(),
  /** What it can do beside conversing. */
  tasks: z.array(talkTask).optional(),
  state: z.enum(['unloaded', 'loading', 'ready', 'failed', 'missing']),
  provider: providerReport.optional(),
  memoryBytes: z.number().optional(),
  /** The machine that answers instead of this one; what is said goes there. */
  remoteHost: z.string().optional(),
  failure: failure.optional(),
});
export type ModelStatus = z.infer<typeof modelStatus>;

export const voice = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  gender: z.enum(['female', 'male', 'neutral']),
  language: z.string(),
  maker: z.enum(['light-voice', 'token2wav']),
  builtIn: z.boolean(),
  favourite: z.boolean(),
  /** Why a search found it, for example "matched: male, deep". */
  matched: z.string().optional(),
});
export type Voice = z.infer<typeof voice>;

/** How the global push-to-talk key works on this machine, and why. */
export const hotkeyStatus = z.object({
  mode: z.enum(['hold', 'toggle', 'none']),
  accelerator: z.string(),
  /** Why holding (or any hotkey) is not to be had; empty when it holds. */
  reason: z.string(),
});
export type HotkeyStatus = z.infer<typeof hotkeyStatus>;

export const appState = z.object({
  phase,
  shell: z.enum(['electron', 'browser', 'command-line']),
  version: z.string(),
  settings,
  model: modelStatus,
  voice,
  hotkey: hotkeyStatus,
  conversationId: z.string().optional(),
  dataFolder: z.string(),
  /** Whether a key for the other machine is kept; the key itself is never told. */
  hasRemoteKey: z.boolean().optional(),
  /** Problems met at start that a person should know: a settings file put aside, for example. */
  notices: z.array(failure),
});
export type AppState = z.infer<typeof appState>;

/** What every open interface is told, whoever caused it. */
export const appEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: appState }),
  z.object({ type: z.literal('turn'), event: turnEvent }),
  z.object({
    type: z.literal('level'),
    /** Root mean square of the last block, 0..1, and whether the voice detector hears speech. */
    level: z.number(),
    speech: z.boolean(),
  }),
  z.object({
    type: z.literal('model-progress'),
    modelId: z.string(),
    stage: z.string(),
    done: z.number(),
    total: z.number(),
  }),
  /** Of a download, a few times a second while it goes on, and whenever its state changes. */
  z.object({ type: z.literal('download'), offerId: z.string(), download }),
  /** Of a conversion: of an offer's files, or of a folder that the person named. */
  z.object({ type: z.literal('conversion'), offerId: z.string().optional(), conversion }),
  /** Offers, installed models or the models' folder are not what they were: read them again. */
  z.object({ type: z.literal('library-changed') }),
  z.object({
    type: z.literal('notify'),
    id: z.string(),
    kind: z.enum(['timer', 'alarm', 'reminder']),
    title: z.string(),
    firedAt: z.number(),
  }),
  z.object({
    type: z.literal('consent-request'),
    consentId: z.string(),
    tool: z.string(),
    /** What exactly would be opened, run or sent. */
    subject: z.string(),
  }),
  z.object({ type: z.literal('consent-settled'), consentId: z.string() }),
  /** Tools that go on behind the conversation; told whenever one begins or ends. */
  z.object({
    type: z.literal('background-tools'),
    jobs: z.array(
      z.object({ callId: z.string(), name: z.string(), leavesMachine: z.boolean(), since: z.number() }),
    ),
  }),
  /** Servers of tools, their state or what is allowed of them: read them again. */
  z.object({ type: z.literal('tool-servers-changed') }),
  /** While files of the person's folders are read, and when that has ended. */
  z.object({ type: z.literal('knowledge'), status: knowledgeStatus }),
  z.object({ type: z.literal('history-changed') }),
  z.object({ type: z.literal('voices-changed') }),
  z.object({ type: z.literal('failure'), failure }),
]);
export type AppEvent = z.infer<typeof appEvent>;
