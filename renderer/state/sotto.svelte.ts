import type { AppEvent, AppState } from '../../contract/app-events.ts';
import type { Channel } from '../../contract/channel.ts';
import type { TurnEvent } from '../../contract/turn-events.ts';
import { UserError } from '../../contract/user-errors.ts';
import type { AudioDevices } from '../audio/devices.ts';
import { chooseWords } from '../words/choose-words.ts';
import { Alerts } from './alerts.svelte.ts';
import { AudioDeviceChoice } from './audio-device-choice.svelte.ts';
import { Clips } from './clips.svelte.ts';
import { Connection } from './connection.svelte.ts';
import { Conversation } from './conversation.svelte.ts';
import { FolderChoice, type FolderDialog } from './folder-choice.svelte.ts';
import { History } from './history.svelte.ts';
import { KnowledgeState } from './knowledge.svelte.ts';
import { LiveTurn } from './live-turn.svelte.ts';
import { LocalPreferences } from './local-preferences.svelte.ts';
import { Microphone } from './microphone.svelte.ts';
import { ModelLibrary } from './model-library.svelte.ts';
import { Models } from './models.svelte.ts';
import { Navigation } from './navigation.svelte.ts';
import { Notices } from './notices.svelte.ts';
import { OtherMachine } from './other-machine.svelte.ts';
import { Player } from './player.svelte.ts';
import { PushToTalk } from './push-to-talk.svelte.ts';
import { SettingsState } from './settings.svelte.ts';
import { SpeakerTurn } from './speaker-turn.ts';
import { ToolServers } from './tool-servers.svelte.ts';
import { Voices } from './voices.svelte.ts';

export interface SottoWorld {
  readonly openChannel: () => Promise<Channel>;
  readonly devices: AudioDevices;
  readonly storage: Storage | undefined;
  readonly systemLanguages: readonly string[];
  /** Between several windows of one browser; undefined where there is one window. */
  readonly locks: LockManager | undefined;
  /** Of the shell; without one the page shows its own. */
  readonly folderDialog?: FolderDialog | undefined;
}

/** The whole interface's state, put together; components read it and call it. */
export class Sotto {
  readonly connection: Connection;
  readonly navigation = new Navigation();
  readonly notices = new Notices();
  readonly preferences: LocalPreferences;
  readonly deviceChoice: AudioDeviceChoice;
  readonly settings: SettingsState;
  readonly microphone: Microphone;
  readonly player: Player;
  readonly pushToTalk: PushToTalk;
  readonly live: LiveTurn;
  readonly conversation: Conversation;
  readonly history: History;
  readonly voices: Voices;
  readonly clips: Clips;
  readonly models: Models;
  readonly library: ModelLibrary;
  readonly otherMachine: OtherMachine;
  readonly toolServers: ToolServers;
  readonly knowledge: KnowledgeState;
  readonly alerts: Alerts;
  readonly folderChoice: FolderChoice;
  private readonly world: SottoWorld;
  private readonly speakerTurn: SpeakerTurn;
  /** A turn that was stopped here: its late audio stays silent. */
  private silencedTurnId: string | undefined;
  private shownNotices = '';
  private readonly lifetime = new AbortController();

  constructor(world: SottoWorld) {
    this.world = world;
    this.speakerTurn = new SpeakerTurn(world.locks);
    const assistant = () => this.connection.assistant;
    const onFailure = (error: unknown): void => this.notices.report(error);
    this.connection = new Connection(
      world.openChannel,
      (event) => this.receive(event),
      () => (this.live.connected = false),
    );
    this.preferences = new LocalPreferences(world.storage);
    this.deviceChoice = new AudioDeviceChoice(world.devices);
    this.settings = new SettingsState(assistant, onFailure);
    this.microphone = new Microphone(world.devices, () => ({
      deviceId: this.settings.current.microphoneId,
      noiseSuppression: this.preferences.noiseSuppression,
    }));
    this.player = new Player(world.devices, () => this.settings.current.speakerId);
    this.player.whenAudible(({ kind, id }, atMs) => {
      performance.mark(`sotto-audible-${kind}`, { startTime: atMs, detail: id });
    });
    this.pushToTalk = new PushToTalk({
      microphone: this.microphone,
      assistant,
      mode: () => this.settings.current.hotkeyMode,
      now: () => performance.now(),
      interruptReply: () => {
        this.speakerTurn.take();
        this.silence();
      },
      onFailure,
      onCue: (cue) => {
        if (this.settings.current.cues) world.devices.playCue(cue, this.settings.current.speakerId);
      },
      microphoneLost: () => this.notices.report(new UserError('microphone-lost')),
    });
    this.live = new LiveTurn(this.microphone, this.player, this.pushToTalk);
    this.conversation = new Conversation(assistant, () => this.settings.current);
    this.history = new History(assistant, onFailure);
    this.voices = new Voices(assistant, this.player, onFailure);
    this.clips = new Clips(assistant, onFailure);
    this.models = new Models(assistant, onFailure);
    this.library = new ModelLibrary(assistant, onFailure);
    this.otherMachine = new OtherMachine(assistant, this.settings, onFailure);
    this.toolServers = new ToolServers(assistant, onFailure);
    this.knowledge = new KnowledgeState(assistant, onFailure);
    this.folderChoice = new FolderChoice(assistant, world.folderDialog, onFailure);
    this.alerts = new Alerts(assistant, onFailure, () => {
      if (this.speakerTurn.mine) this.playChime();
    });
  }

  readonly words = $derived.by(() => chooseWords(this.settings.current.language, this.world.systemLanguages));

  async start(): Promise<void> {
    this.deviceChoice.watch();
    await this.connection.connect();
  }

  /** Stops listening, thinking and speaking. */
  stop(): void {
    if (this.pushToTalk.state !== 'idle') this.pushToTalk.cancel();
    this.silence();
    void this.attempt(() => this.connection.assistant.stop({}, this.lifetime.signal));
  }

  sendText(text: string): Promise<void> {
    this.speakerTurn.take();
    this.silence();
    return this.attempt(() => this.conversation.sendText(text, this.lifetime.signal));
  }

  newConversation(): Promise<void> {
    return this.attempt(() => this.connection.assistant.newConversation({}, this.lifetime.signal));
  }

  /** Plays one side of a turn again; a second call for the same stops it. */
  async toggleReplay(turnId: string, side: 'mine' | 'reply'): Promise<void> {
    const id = `${turnId}:${side}`;
    const sounding = this.player.playing;
    this.silence();
    if (sounding?.kind === 'replay' && sounding.id === id) return;
    await this.attempt(async () => {
      const audio = await this.connection.assistant.getTurnAudio({ turnId, side }, this.lifetime.signal);
      if (!audio) throw new UserError('turn-missing');
      await this.player.push({ kind: 'replay', id }, audio.samples, audio.sampleRate);
    });
  }

  /** The sound of timers and alarms, on the chosen speaker. */
  playChime(): void {
    this.world.devices.playCue('chime', this.settings.current.speakerId);
  }

  async attempt(action: () => Promise<unknown>): Promise<void> {
    try {
      await action();
    } catch (error) {
      this.notices.report(error);
    }
  }

  private silence(): void {
    if (this.player.playing?.kind === 'reply') this.silencedTurnId = this.player.playing.id;
    const latest = this.conversation.latest;
    if (latest?.outcome === 'running') this.silencedTurnId = latest.id;
    this.voices.stopPreview();
    this.player.stop();
  }

  private receive(event: AppEvent): void {
    switch (event.type) {
      case 'state':
        this.takeState(event.state);
        break;
      case 'turn':
        this.takeTurn(event.event);
        break;
      case 'level':
        this.live.hear(event.level, event.speech);
        break;
      case 'model-progress':
        this.models.showProgress(event);
        break;
      case 'download':
        this.library.showDownload(event);
        break;
      case 'conversion':
        this.library.showConversion(event);
        break;
      case 'library-changed':
        if (this.library.view) void this.library.read();
        if (this.models.status !== 'unread') void this.models.read();
        break;
      case 'notify':
        this.alerts.fire(event);
        break;
      case 'consent-request':
        this.alerts.ask(event);
        break;
      case 'consent-settled':
        this.alerts.settle(event.consentId);
        break;
      case 'background-tools':
        this.alerts.jobs = event.jobs;
        break;
      case 'tool-servers-changed':
        void this.toolServers.changed();
        break;
      case 'knowledge':
        this.knowledge.show(event.status);
        break;
      case 'history-changed':
        if (this.history.status !== 'unread') void this.history.read();
        break;
      case 'voices-changed':
        void this.voices.read();
        this.clips.changedElsewhere();
        break;
      case 'failure':
        this.notices.add(event.failure);
        break;
    }
  }

  private takeState(state: AppState): void {
    const reconnected = !this.live.connected;
    this.live.app = state;
    this.live.connected = true;
    this.settings.show(state.settings);
    this.models.showStatus(state.model);
    const notices = JSON.stringify(state.notices);
    if (notices !== this.shownNotices) for (const failure of state.notices) this.notices.add(failure);
    this.shownNotices = notices;
    if (reconnected) {
      this.notices.clear('connection-lost');
      void this.alerts.readScheduled();
      void this.voices.read();
      if (this.conversation.id === state.conversationId) {
        void this.attempt(() => this.conversation.refresh(this.lifetime.signal));
      }
    }
    void this.attempt(() => this.conversation.show(state.conversationId, this.lifetime.signal));
  }

  private takeTurn(event: TurnEvent): void {
    this.conversation.apply(event);
    if (event.type === 'tags') this.history.showTags(event.turnId, event.tags);
    if (event.type === 'audio-delta' && event.turnId !== this.silencedTurnId && this.speakerTurn.mine) {
      void this.player.push({ kind: 'reply', id: event.turnId }, event.samples, event.sampleRate);
    }
    if (event.type === 'turn-end') {
      if (event.outcome === 'interrupted' && this.player.playing?.id === event.turnId) this.player.stop();
      if (this.conversation.latest?.toolCalls.length) void this.alerts.readScheduled();
      this.preferences.firstRunSeen = true;
      this.preferences.save();
    }
  }
}
