import { z } from 'zod';
import { appEvent, appState, modelStatus, voice } from './app-events.ts';
import { folderCalls } from './folder-calls.ts';
import { conversationSummary, turnRecord } from './history.ts';
import { knowledgeStatus, knownPassage } from './knowledge.ts';
import { conversionRequest, precisionChoice } from './model-conversion.ts';
import { modelLibrary } from './model-library.ts';
import { remoteReport } from './remote-report.ts';
import { settings, settingsPatch, talkTask } from './settings.ts';
import { toolPermission, toolPhrase, toolServer, toolServerTransport } from './tool-servers.ts';
import { tagCorrection, tagCount, tagFilter } from './tags.ts';
import { float32Samples } from './turn-events.ts';
import { voiceCalls } from './voice-calls.ts';

const request = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) =>
  ({ kind: 'request', input, output }) as const;
const stream = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) =>
  ({ kind: 'stream', input, output }) as const;

const nothing = z.object({});
const audio = z.object({ samples: float32Samples, sampleRate: z.number() });
const id = z.string().min(1).max(200);
/** For one turn, in the place of what is set. */
const askedTask = { task: talkTask.optional(), targetLanguage: z.string().trim().min(1).max(40).optional() };

/** Every call an interface may make. Nothing else crosses the boundary. */
export const assistantContract = {
  /** Live events, from now on; the first is always the present state. Everything a turn does arrives here. */
  events: stream(nothing, appEvent),
  getState: request(nothing, appState),

  /** Push-to-talk pressed: stops a reply that is being spoken and opens an utterance. */
  startListening: request(
    z.object({ sampleRate: z.number().min(8000).max(192_000) }),
    z.object({ utteranceId: id }),
  ),
  /** Mono samples in [-1, 1], at most one second a call. */
  pushAudio: request(z.object({ utteranceId: id, samples: float32Samples }), z.void()),
  /** Push-to-talk released: the turn begins; it is told through `events`. Resolves when the turn has ended. */
  finishListening: request(z.object({ utteranceId: id, ...askedTask }), z.object({ turnId: id })),
  /** Forget an open utterance without a turn. */
  cancelListening: request(z.object({ utteranceId: id }), z.void()),
  /** A typed turn, answered aloud like a spoken one. Resolves when it has ended. */
  sendText: request(
    z.object({ text: z.string().trim().min(1).max(2000), ...askedTask }),
    z.object({ turnId: id }),
  ),
  /** Stops whatever is going on: listening, thinking, speaking. */
  stop: request(nothing, z.void()),
  newConversation: request(nothing, z.void()),

  listConversations: request(
    z.object({
      query: z.string().max(500).optional(),
      /** Only conversations with a turn that has all of these. */
      tags: z.array(tagFilter).max(9).optional(),
      limit: z.number().int().min(1).max(200).default(50),
      before: z.number().optional(),
    }),
    z.array(conversationSummary),
  ),
  /** How many turns of the whole history have which tag, the most frequent of each name first. */
  countTags: request(nothing, z.array(tagCount)),
  /** Told to every interface as a `tags` event of the turn. */
  correctTag: request(tagCorrection, z.void()),
  getConversation: request(z.object({ conversationId: id }), z.array(turnRecord)),
  /** Go on with an old conversation. */
  openConversation: request(z.object({ conversationId: id }), z.void()),
  deleteConversation: request(z.object({ conversationId: id }), z.void()),
  deleteAllHistory: request(nothing, z.void()),
  exportHistory: request(
    z.object({ format: z.enum(['json', 'markdown']), conversationId: id.optional() }),
    z.object({ fileName: z.string(), text: z.string() }),
  ),
  getTurnAudio: request(z.object({ turnId: id, side: z.enum(['mine', 'reply']) }), audio.nullable()),

  listVoices: request(z.object({ query: z.string().max(500).optional() }), z.array(voice)),
  selectVoice: request(z.object({ voiceId: id }), z.void()),
  setFavouriteVoice: request(z.object({ voiceId: id, favourite: z.boolean() }), z.void()),
  /** The voice's sample sentence, piece by piece. */
  previewVoice: stream(z.object({ voiceId: id }), audio),
  ...voiceCalls,

  listModels: request(nothing, z.array(modelStatus)),
  /** Progress is told through `events`. Resolves when the model is ready. */
  loadModel: request(z.object({ modelId: id }), z.void()),
  unloadModel: request(nothing, z.void()),

  /** What can be fetched, what goes on, and where models are kept. Progress is told through `events`. */
  getModelLibrary: request(nothing, modelLibrary),
  /** Adds a repository (`owner/name`) or an address to the offers. */
  addOffer: request(z.object({ address: z.string().trim().min(1).max(2000) }), z.object({ offerId: id })),
  /** Forgets an offer that the person added; its files stay until they are discarded. */
  removeOffer: request(z.object({ offerId: id }), z.void()),
  /** Begins or goes on; resolves once it is under way. */
  startDownload: request(z.object({ offerId: id }), z.void()),
  /** Keeps what has come. */
  pauseDownload: request(z.object({ offerId: id }), z.void()),
  /** Stops, and deletes whatever of it is on the disk, complete or not. Packages made from it stay. */
  discardDownload: request(z.object({ offerId: id }), z.void()),
  /** What `auto` would choose here, and what each precision would need. */
  choosePrecision: request(
    z.object({ offerId: id.optional(), folder: z.string().max(2000).optional() }),
    z.object({
      auto: precisionChoice,
      choices: z.array(precisionChoice),
      /** It can become a voice and nothing more. */
      voiceOnly: z.boolean().optional(),
    }),
  ),
  /** Of an offer whose files are complete, or of a folder; resolves once it is under way. */
  startConversion: request(
    z.object({
      offerId: id.optional(),
      folder: z.string().max(2000).optional(),
      precision: conversionRequest.shape.precision.default('auto'),
      /** Its voice alone, for replies of another machine; of an offer or a folder that has more. */
      voiceOnly: z.boolean().optional(),
    }),
    z.void(),
  ),
  /** Stops; the same request goes on where it was. */
  pauseConversion: request(z.object({ checkpointFolder: z.string() }), z.void()),
  /** Stops, and deletes what was written. */
  discardConversion: request(z.object({ checkpointFolder: z.string() }), z.void()),
  /** Deletes an installed model from the disk. Those that came with Sotto stay. */
  removeModel: request(z.object({ modelId: id }), z.void()),

  updateSettings: request(settingsPatch, settings),
  /** Kept for requests to the other machine; an empty one is forgotten. */
  setRemoteKey: request(z.object({ key: z.string().trim().max(4000) }), z.void()),
  /** Asks the other machine a word or two, with a made-up sound. Fails with the reason. */
  testRemote: request(nothing, remoteReport),
  listTools: request(
    nothing,
    z.array(
      z.object({
        name: z.string(),
        description: z.string(),
        leavesMachine: z.boolean(),
        enabled: z.boolean(),
        /** Why it is off or cannot be reached; empty when it works. */
        reason: z.string(),
      }),
    ),
  ),
  /** A source that the person wants to see, in their browser. */
  openLink: request(z.object({ address: z.url({ protocol: /^https?$/ }).max(2000) }), z.void()),
  /** Ends a tool that goes on behind the conversation. */
  cancelTool: request(z.object({ callId: id }), z.void()),

  listToolServers: request(nothing, z.array(toolServer)),
  /** Nothing is started by adding. */
  addToolServer: request(
    z.object({ name: z.string().trim().min(1).max(60), transport: toolServerTransport }),
    z.object({ serverId: id }),
  ),
  /** The servers of a configuration file (`mcpServers`), all switched off. */
  importToolServers: request(
    z.object({ text: z.string().max(200_000) }),
    z.object({ names: z.array(z.string()) }),
  ),
  removeToolServer: request(z.object({ serverId: id }), z.void()),
  /** `fingerprint` names the command and environment that the person saw and agreed to start. */
  setToolServerEnabled: request(
    z.object({ serverId: id, enabled: z.boolean(), fingerprint: z.string().max(100) }),
    z.void(),
  ),
  /** Starts it once and reads which tools it has. */
  testToolServer: request(
    z.object({ serverId: id, fingerprint: z.string().max(100) }),
    z.object({ toolCount: z.number(), milliseconds: z.number() }),
  ),
  setToolPermission: request(
    z.object({ serverId: id, tool: z.string().max(200), permission: toolPermission }),
    z.void(),
  ),
  /** What is said to call a tool of a server; an empty phrase takes it back. */
  setToolPhrase: request(z.object({ serverId: id, tool: z.string().max(200), phrase: toolPhrase }), z.void()),
  /** All tools of a server without asking, or not. */
  setToolServerTrust: request(z.object({ serverId: id, alwaysAllow: z.boolean() }), z.void()),

  getKnowledge: request(nothing, knowledgeStatus),
  /** Its files are read in the background; told through `events`. */
  addKnowledgeFolder: request(z.object({ path: z.string().trim().min(1).max(2000) }), z.void()),
  removeKnowledgeFolder: request(z.object({ path: z.string().max(2000) }), z.void()),
  /** Resolves when everything that is there now has been read. */
  refreshKnowledge: request(nothing, knowledgeStatus),
  searchKnowledge: request(
    z.object({ query: z.string().trim().min(1).max(300), limit: z.number().int().min(1).max(20).default(5) }),
    z.array(knownPassage),
  ),
  ...folderCalls,
  answerConsent: request(z.object({ consentId: id, answer: z.enum(['once', 'always', 'no']) }), z.void()),
  /** Timers, alarms and reminders that have not fired yet. */
  listScheduled: request(
    nothing,
    z.array(
      z.object({ id, kind: z.enum(['timer', 'alarm', 'reminder']), title: z.string(), dueAt: z.number() }),
    ),
  ),
  cancelScheduled: request(z.object({ id }), z.void()),
  /** Plain facts about this installation, for a person who reports a problem. */
  diagnose: request(
    nothing,
    z.array(z.object({ topic: z.string(), finding: z.string(), good: z.boolean() })),
  ),
} as const;

export type AssistantContract = typeof assistantContract;

/** The service implements it; the client proxy offers it. Inputs are what the caller writes (defaults may be left out). */
export type Assistant = {
  [Name in keyof AssistantContract]: (
    input: z.input<AssistantContract[Name]['input']>,
    signal: AbortSignal,
  ) => AssistantContract[Name]['kind'] extends 'stream'
    ? AsyncIterable<z.output<AssistantContract[Name]['output']>>
    : Promise<z.output<AssistantContract[Name]['output']>>;
};
