import type { AppEvent, AppState, ModelStatus, Voice } from '../../contract/app-events.ts';
import type { Assistant } from '../../contract/assistant-contract.ts';
import type { FolderListing } from '../../contract/folder-calls.ts';
import type { KnowledgeStatus } from '../../contract/knowledge.ts';
import type { ToolServer } from '../../contract/tool-servers.ts';
import type { ModelLibrary } from '../../contract/model-library.ts';
import { settings as settingsSchema, type Settings } from '../../contract/settings.ts';
import type { RemoteReport } from '../../contract/remote-report.ts';
import type { TagCorrection, TagCount, TagFilter } from '../../contract/tags.ts';
import type { TurnEvent } from '../../contract/turn-events.ts';
import { ItemQueue } from '../../contract/calls/item-queue.ts';
import { UserError } from '../../contract/user-errors.ts';
import { correctedTag } from '../../assistant/tags/corrected-tag.ts';
import { scriptedFolders } from './folder-script.ts';
import type { PrecisionChoices, Script } from './scripts.ts';
import { scriptedClipCalls } from './voice-scripts.ts';

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type TurnStep = DistributiveOmit<TurnEvent, 'turnId' | 'conversationId'>;

/**
 * An assistant that follows a script: it has a past, voices and models, and answers what it was told to answer.
 * For the interface's tests and for looking at it; `calls` records what the interface asked for.
 */
export class ScriptedAssistant implements Assistant {
  readonly calls: { name: string; input: unknown }[] = [];
  readonly received: Float32Array[] = [];
  /** What the next turn does, step by step, after its start. */
  nextTurn: readonly TurnStep[] = [];
  /** Pause between the steps of a turn. */
  stepMs = 0;
  state: AppState;
  /** What a test of the other machine finds, or throws. */
  remote: () => RemoteReport = () => ({
    host: 'gpu-box.lan:8000',
    model: 'step-audio-2-mini',
    models: ['step-audio-2-mini'],
    firstAnswerMs: 120,
    isEncrypted: false,
    hears: true,
    speaks: true,
  });
  library: ModelLibrary;
  choices: PrecisionChoices;
  toolServers: ToolServer[] = [];
  knowledge: KnowledgeStatus = { folders: [] };
  private readonly clipCalls = scriptedClipCalls((name, input) => this.note(name, input));
  readonly findClips = this.clipCalls.findClips;
  readonly changeClip = this.clipCalls.changeClip;
  readonly deleteClips = this.clipCalls.deleteClips;
  readonly restoreClips = this.clipCalls.restoreClips;
  readonly importClips = this.clipCalls.importClips;
  readonly listImports = this.clipCalls.listImports;
  readonly undoImport = this.clipCalls.undoImport;
  readonly exportClips = this.clipCalls.exportClips;
  readonly checkRecording = this.clipCalls.checkRecording;
  readonly keepRecording = this.clipCalls.keepRecording;
  private script: Script;
  private readonly queues = new Set<ItemQueue<AppEvent>>();
  private turnCount = 0;
  private running: AbortController | undefined;

  constructor(script: Script, settings: Partial<Settings> = {}) {
    this.script = script;
    this.library = script.library;
    this.choices = script.precisions;
    this.state = {
      ...script.state,
      settings: settingsSchema.parse({ ...script.state.settings, ...settings }),
    };
  }

  async *events(_input: object, signal: AbortSignal): AsyncGenerator<AppEvent> {
    const queue = new ItemQueue<AppEvent>();
    this.queues.add(queue);
    signal.addEventListener('abort', () => queue.end());
    queue.push({ type: 'state', state: this.state });
    try {
      yield* queue;
    } finally {
      this.queues.delete(queue);
    }
  }

  emit(event: AppEvent): void {
    for (const queue of this.queues) queue.push(event);
  }

  setState(change: Partial<AppState>): void {
    this.state = { ...this.state, ...change };
    this.emit({ type: 'state', state: this.state });
  }

  called(name: keyof Assistant): unknown[] {
    return this.calls.filter((call) => call.name === name).map((call) => call.input);
  }

  /** Tells a turn from start to end. */
  async playTurn(source: 'voice' | 'text' | 'alarm', steps: readonly TurnStep[]): Promise<string> {
    const turnId = `live-${++this.turnCount}`;
    const conversationId = this.state.conversationId ?? 'fresh';
    if (!this.state.conversationId) this.setState({ conversationId });
    const running = new AbortController();
    this.running = running;
    const tell = (step: TurnStep): void =>
      this.emit({ type: 'turn', event: { ...step, turnId, conversationId } as TurnEvent });
    tell({ type: 'turn-start', startedAt: this.script.now, source });
    for (const step of steps) {
      if (this.stepMs > 0) await new Promise((resolve) => setTimeout(resolve, this.stepMs));
      if (running.signal.aborted) break;
      if (step.type === 'text-delta') this.setPhase('speaking');
      if (step.type === 'tool-start') this.setPhase('working');
      tell(step);
    }
    if (running.signal.aborted) tell({ type: 'turn-end', outcome: 'interrupted' });
    this.setPhase('idle');
    return turnId;
  }

  async getState(): Promise<AppState> {
    return this.state;
  }

  async startListening(input: { sampleRate: number }): Promise<{ utteranceId: string }> {
    this.note('startListening', input);
    this.setPhase('listening');
    return { utteranceId: 'utterance-1' };
  }

  async pushAudio(input: { utteranceId: string; samples: Float32Array }): Promise<void> {
    this.note('pushAudio', input);
    this.received.push(input.samples);
  }

  async finishListening(input: { utteranceId: string }): Promise<{ turnId: string }> {
    this.note('finishListening', input);
    this.setPhase('understanding');
    return { turnId: await this.playTurn('voice', this.nextTurn) };
  }

  async cancelListening(input: { utteranceId: string }): Promise<void> {
    this.note('cancelListening', input);
    this.setPhase('idle');
  }

  async sendText(input: { text: string }): Promise<{ turnId: string }> {
    this.note('sendText', input);
    this.setPhase('understanding');
    return { turnId: await this.playTurn('text', this.nextTurn) };
  }

  async stop(): Promise<void> {
    this.note('stop', {});
    this.running?.abort();
  }

  async newConversation(): Promise<void> {
    this.note('newConversation', {});
    this.setState({ conversationId: undefined });
  }

  async listConversations(input: { query?: string; tags?: TagFilter[]; limit?: number; before?: number }) {
    this.note('listConversations', input);
    const query = input.query?.toLowerCase();
    return this.script.conversations
      .filter((one) => input.before === undefined || one.updatedAt < input.before)
      .filter(
        (one) =>
          !input.tags?.length ||
          (this.script.turns[one.id] ?? []).some((turn) =>
            input.tags?.every((wanted) =>
              turn.tags.some((tag) => tag.name === wanted.name && tag.value === wanted.value),
            ),
          ),
      )
      .filter(
        (one) =>
          !query ||
          JSON.stringify(this.script.turns[one.id] ?? [])
            .toLowerCase()
            .includes(query),
      )
      .map((one) =>
        query ? { ...one, snippet: one.snippet ?? `… ‹${query}› …` } : { ...one, snippet: undefined },
      );
  }

  async countTags(): Promise<TagCount[]> {
    const counts = new Map<string, TagCount>();
    for (const turn of Object.values(this.script.turns).flat()) {
      for (const { name, value } of turn.tags.filter((tag) => tag.value !== 'unsure')) {
        const key = `${name}=${value}`;
        counts.set(key, { name, value, turns: (counts.get(key)?.turns ?? 0) + 1 });
      }
    }
    return [...counts.values()].sort((a, b) => b.turns - a.turns);
  }

  async correctTag(input: TagCorrection): Promise<void> {
    this.note('correctTag', input);
    const turn = Object.values(this.script.turns)
      .flat()
      .find((one) => one.id === input.turnId);
    if (!turn) return;
    const before = turn.tags.find((tag) => tag.name === input.name);
    const after = correctedTag(input.name, before, input.value);
    turn.tags = [...turn.tags.filter((tag) => tag !== before), ...(after ? [after] : [])];
    const { id: turnId, conversationId, tags } = turn;
    this.emit({ type: 'turn', event: { type: 'tags', turnId, conversationId, tags } });
    this.emit({ type: 'history-changed' });
  }

  async getConversation({ conversationId }: { conversationId: string }) {
    return [...(this.script.turns[conversationId] ?? [])];
  }

  async openConversation(input: { conversationId: string }): Promise<void> {
    this.note('openConversation', input);
    this.setState({ conversationId: input.conversationId });
  }

  async deleteConversation(input: { conversationId: string }): Promise<void> {
    this.note('deleteConversation', input);
    const conversations = this.script.conversations.filter((one) => one.id !== input.conversationId);
    this.script = { ...this.script, conversations };
    this.emit({ type: 'history-changed' });
  }

  async deleteAllHistory(): Promise<void> {
    this.note('deleteAllHistory', {});
    this.script = { ...this.script, conversations: [], turns: {} };
    this.setState({ conversationId: undefined });
  }

  async exportHistory(input: { format: 'json' | 'markdown'; conversationId?: string }) {
    this.note('exportHistory', input);
    return { fileName: `sotto.${input.format === 'json' ? 'json' : 'md'}`, text: '# Sotto' };
  }

  async getTurnAudio(input: { turnId: string; side: 'mine' | 'reply' }) {
    this.note('getTurnAudio', input);
    return { samples: hum(1.2), sampleRate: 16_000 };
  }

  async listVoices(input: { query?: string }): Promise<Voice[]> {
    this.note('listVoices', input);
    const words = input.query?.toLowerCase().split(/\s+/) ?? [];
    return this.script.voices
      .filter((voice) =>
        words.every((word) =>
          `${voice.name} ${voice.description} ${voice.gender}`.toLowerCase().includes(word),
        ),
      )
      .map((voice) => (words.length > 0 ? { ...voice, matched: `matched: ${words.join(', ')}` } : voice));
  }

  async selectVoice(input: { voiceId: string }): Promise<void> {
    this.note('selectVoice', input);
    const voice = this.script.voices.find((one) => one.id === input.voiceId);
    if (!voice) throw new UserError('voice-missing', { voiceId: input.voiceId });
    this.setState({ voice });
  }

  async setFavouriteVoice(input: { voiceId: string; favourite: boolean }): Promise<void> {
    this.note('setFavouriteVoice', input);
  }

  async *previewVoice(input: { voiceId: string }) {
    this.note('previewVoice', input);
    for (let piece = 0; piece < 3; piece += 1) yield { samples: hum(0.4), sampleRate: 16_000 };
  }

  async listModels(): Promise<ModelStatus[]> {
    return [...this.script.models];
  }

  async loadModel(input: { modelId: string }): Promise<void> {
    this.note('loadModel', input);
  }

  async unloadModel(): Promise<void> {
    this.note('unloadModel', {});
  }

  async getModelLibrary(): Promise<ModelLibrary> {
    return this.library;
  }

  async addOffer(input: { address: string }): Promise<{ offerId: string }> {
    this.note('addOffer', input);
    if (!/^([\w.-]+\/[\w.-]+|https?:\/\/.+)$/.test(input.address)) {
      throw new UserError('address-not-understood', { address: input.address });
    }
    return { offerId: 'own' };
  }

  async removeOffer(input: { offerId: string }): Promise<void> {
    this.note('removeOffer', input);
  }

  async startDownload(input: { offerId: string }): Promise<void> {
    this.note('startDownload', input);
  }

  async pauseDownload(input: { offerId: string }): Promise<void> {
    this.note('pauseDownload', input);
  }

  async discardDownload(input: { offerId: string }): Promise<void> {
    this.note('discardDownload', input);
  }

  async choosePrecision(input: { offerId?: string; folder?: string }): Promise<PrecisionChoices> {
    this.note('choosePrecision', input);
    return this.choices;
  }

  async startConversion(input: Parameters<Assistant['startConversion']>[0]): Promise<void> {
    this.note('startConversion', input);
  }

  async pauseConversion(input: { checkpointFolder: string }): Promise<void> {
    this.note('pauseConversion', input);
  }

  async discardConversion(input: { checkpointFolder: string }): Promise<void> {
    this.note('discardConversion', input);
  }

  async removeModel(input: { modelId: string }): Promise<void> {
    this.note('removeModel', input);
  }

  async updateSettings(patch: Parameters<Assistant['updateSettings']>[0]): Promise<Settings> {
    this.note('updateSettings', patch);
    this.setState({ settings: settingsSchema.parse({ ...this.state.settings, ...patch }) });
    return this.state.settings;
  }

  async setRemoteKey(input: { key: string }): Promise<void> {
    // The key is not noted: it is nobody's business.
    this.note('setRemoteKey', { length: input.key.length });
    this.setState({ hasRemoteKey: input.key !== '' });
  }

  async testRemote(): Promise<RemoteReport> {
    this.note('testRemote', {});
    return this.remote();
  }

  async listTools() {
    return this.script.tools.map((tool) => ({
      ...tool,
      enabled: tool.enabled && !this.state.settings.disabledTools.includes(tool.name),
    }));
  }

  async openLink(input: { address: string }): Promise<void> {
    this.note('openLink', input);
  }

  async cancelTool(input: { callId: string }): Promise<void> {
    this.note('cancelTool', input);
    this.emit({ type: 'background-tools', jobs: [] });
  }

  async listToolServers(): Promise<ToolServer[]> {
    return [...this.toolServers];
  }

  async addToolServer(input: Parameters<Assistant['addToolServer']>[0]): Promise<{ serverId: string }> {
    this.note('addToolServer', input);
    return { serverId: 'added' };
  }

  async importToolServers(input: { text: string }): Promise<{ names: string[] }> {
    this.note('importToolServers', input);
    return { names: ['files', 'weather'] };
  }

  async removeToolServer(input: { serverId: string }): Promise<void> {
    this.note('removeToolServer', input);
  }

  async setToolServerEnabled(input: Parameters<Assistant['setToolServerEnabled']>[0]): Promise<void> {
    this.note('setToolServerEnabled', input);
  }

  async testToolServer(input: { serverId: string; fingerprint: string }) {
    this.note('testToolServer', input);
    return { toolCount: 13, milliseconds: 400 };
  }

  async setToolPhrase(input: Parameters<Assistant['setToolPhrase']>[0]): Promise<void> {
    this.note('setToolPhrase', input);
    this.toolServers = this.toolServers.map((server) => ({
      ...server,
      tools: server.tools.map((tool) =>
        tool.name === input.tool ? { ...tool, phrase: input.phrase } : tool,
      ),
    }));
  }

  async setToolPermission(input: Parameters<Assistant['setToolPermission']>[0]): Promise<void> {
    this.note('setToolPermission', input);
  }

  async setToolServerTrust(input: { serverId: string; alwaysAllow: boolean }): Promise<void> {
    this.note('setToolServerTrust', input);
  }

  async getKnowledge(): Promise<KnowledgeStatus> {
    return this.knowledge;
  }

  async addKnowledgeFolder(input: { path: string }): Promise<void> {
    this.note('addKnowledgeFolder', input);
  }

  async removeKnowledgeFolder(input: { path: string }): Promise<void> {
    this.note('removeKnowledgeFolder', input);
  }

  async refreshKnowledge(): Promise<KnowledgeStatus> {
    return this.knowledge;
  }

  async searchKnowledge(input: { query: string }) {
    this.note('searchKnowledge', input);
    return [];
  }

  async listFolders(input: { path: string; hidden?: boolean }): Promise<FolderListing> {
    this.note('listFolders', input);
    return scriptedFolders(input.path, input.hidden === true);
  }

  async answerConsent(input: { consentId: string; answer: 'once' | 'always' | 'no' }): Promise<void> {
    this.note('answerConsent', input);
    this.emit({ type: 'consent-settled', consentId: input.consentId });
  }

  async listScheduled() {
    return [...this.script.scheduled];
  }

  async cancelScheduled(input: { id: string }): Promise<void> {
    this.note('cancelScheduled', input);
    this.script = { ...this.script, scheduled: this.script.scheduled.filter((one) => one.id !== input.id) };
  }

  async diagnose() {
    return [...this.script.findings];
  }

  private note(name: string, input: unknown): void {
    this.calls.push({ name, input });
  }

  private setPhase(phase: AppState['phase']): void {
    if (this.state.phase !== phase) this.setState({ phase });
  }
}

/** A soft hum, mono, 16 kHz. */
export function hum(seconds: number): Float32Array<ArrayBuffer> {
  return Float32Array.from(
    { length: Math.round(seconds * 16_000) },
    (_, index) => 0.1 * Math.sin((2 * Math.PI * 180 * index) / 16_000),
  );
}
