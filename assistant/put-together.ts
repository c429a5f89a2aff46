import type { AppEvent, AppState } from '../contract/app-events.ts';
import type { AssistantOptions } from './assistant-options.ts';
import { noHotkey, type AssistantParts } from './assistant-parts.ts';
import { createDataFolder, dataFolder, type DataFolder } from './data-folder.ts';
import { AssistantDatabase } from './database/assistant-database.ts';
import { diagnose } from './diagnosis/diagnose.ts';
import { AppEventFeed } from './events/app-event-feed.ts';
import { failureOf } from './failures.ts';
import type { Settings } from '../contract/settings.ts';
import type { TagCorrection } from '../contract/tags.ts';
import { UserError } from '../contract/user-errors.ts';
import { KeptHistories } from './kept-histories.ts';
import { Connections } from './models/download/proxy.ts';
import { IdleUnloader } from './models/idle-unloader.ts';
import { ModelCatalogue } from './models/model-catalogue.ts';
import { downloadWorld } from './models/download/download-world.ts';
import { ModelHost } from './models/model-host.ts';
import { ModelLibrary } from './models/model-library.ts';
import { ModelsFolder } from './models/models-folder.ts';
import { loadCircumstances, loadWish, remoteStatus, selectedModelId } from './models/remote-selection.ts';
import { PersonalStores } from './personal-stores.ts';
import type { FiredItem } from './schedule/scheduled-item.ts';
import { SecretStore } from './settings/secret-store.ts';
import { SettingsStore } from './settings/settings-store.ts';
import { ToolParts } from './tools/tool-parts.ts';
import { announcement, announcementTitle } from './turns/announcement.ts';
import { BackgroundTools } from './turns/background-tools.ts';
import { Consents } from './turns/consents.ts';
import { ConversationMemory } from './turns/conversation-memory.ts';
import { LiveTurn } from './turns/live-turn.ts';
import { OpenUtterance } from './turns/open-utterance.ts';
import { slowSpeechNotices } from './turns/speech-plan.ts';
import { toolContext, type ToolSurroundings } from './turns/tool-services.ts';
import { TurnBodies } from './turns/turn-bodies.ts';
import { TurnCoordinator, type TurnSource } from './turns/turn-coordinator.ts';
import { ClipVoices } from './voices/clip-voices.ts';
import { ClipFiles } from './voices/clips/clip-files.ts';
import { ClipLibrary } from './voices/clips/clip-library.ts';
import { RecordedVoices } from './voices/recorded-voices.ts';
import { VoiceLibrary } from './voices/voice-library.ts';
import { voicedEngine } from './voices/voiced-engine.ts';

const SPEECH_LEAD_MS = 1500;
/** A turn waits so long for a tool that may take long; then it goes on behind the conversation. */
const TOOL_PATIENCE_MS = 9000;

/** Every part of the assistant, in the order in which they need each other. Nothing is begun yet. */
export function putTogether(options: AssistantOptions): AssistantParts {
  const isCommandLine = options.shell === 'command-line';
  const { now = Date.now, random = Math.random, report = () => {} } = options;
  const folder = dataFolder(options.dataFolder);
  const startNotices = createdFolder(folder);
  const feed = new AppEventFeed();
  const publish = (event: AppEvent) => feed.publish(event);
  const settings = new SettingsStore(folder.settingsFile, now);
  const remoteKey = new SecretStore(folder.remoteKeyFile, options.remoteKey ?? process.env.SOTTO_REMOTE_KEY);
  const database = new AssistantDatabase(folder.databaseFile, now);
  const system = Intl.DateTimeFormat().resolvedOptions();
  const timeZone = () => options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const locale = () => options.locale ?? system.locale;

  const note = (error: unknown) => {
    const { code } = failureOf(error);
    if (code === 'internal') report('assistant', error);
    if (code === 'engine-crashed' || code === 'model-not-loaded') models.lost();
  };
  const tell = (error: unknown) => {
    note(error);
    publish({ type: 'failure', failure: failureOf(error) });
  };
  const histories = new KeptHistories(database, now, tell);
  const clipLibrary = new ClipLibrary(database, new ClipFiles(folder.clipsFolder), now);
  const clipVoices = new ClipVoices(clipLibrary);
  const engine = voicedEngine(options.engine, clipVoices, () => settings.get());
  const voices = new VoiceLibrary(database, clipVoices);
  const recordedVoices = new RecordedVoices(folder.voicesFolder);
  const memory = new ConversationMemory();
  const consents = new Consents(publish);
  const modelsFolder = new ModelsFolder(() => settings.get(), folder.modelsFolder, options.modelsFolders);
  const catalogue = new ModelCatalogue(() => modelsFolder.all);

  const state = (): AppState => ({
    phase: coordinator.presentPhase,
    shell: options.shell,
    version: options.version,
    settings: settings.get(),
    model: models.status(selectedModelId(settings.get())),
    voice: voices.getOrFirst(settings.get().voiceId),
    hotkey: options.hotkey?.status() ?? noHotkey,
    conversationId: memory.conversationId,
    dataFolder: folder.path,
    hasRemoteKey: remoteKey.get() !== '',
    notices: [
      ...startNotices,
      ...settings.notices,
      ...database.notices,
      ...slowSpeechNotices(models, settings.get()),
    ],
  });
  const publishState = () => publish({ type: 'state', state: state() });

  const models = new ModelHost({
    engine,
    catalogue,
    wish: (modelId) => {
      const wish = loadWish(modelId, { settings: settings.get(), key: remoteKey.get(), catalogue });
      return { ...wish, request: { ...wish.request, voice: recordedVoices.spoken(settings.get()) } };
    },
    circumstances: (modelId) =>
      loadCircumstances(modelId, { settings: settings.get(), key: remoteKey.get(), catalogue }),
    remote: () => remoteStatus(settings.get()),
    onProgress: (modelId, stage, done, total) =>
      publish({ type: 'model-progress', modelId, stage, done, total }),
    onChange: publishState,
  });
  const connections = new Connections(() => settings.get().network.proxy);
  const library = new ModelLibrary({
    catalogue,
    settings: () => settings.get(),
    updateSettings: (patch) => settings.update(patch),
    folder: modelsFolder,
    offers: options.offers,
    download: {
      ...downloadWorld(connections, () => settings.get().models, now, random),
      ...options.download,
    },
    convert: options.convert ?? noConverter,
    publish,
    unload: async (modelId, signal) => {
      if (models.status(modelId).state === 'ready') await models.unload(signal);
    },
    now,
  });
  const idle = new IdleUnloader(
    () => settings.get().idleUnloadMinutes,
    () => void models.unload(new AbortController().signal).catch(tell),
  );

  let newestTurn: LiveTurn | undefined;
  const beginTurn = (source: TurnSource): LiveTurn => {
    database.reopen();
    const id = crypto.randomUUID();
    const turn = { id, conversationId: memory.conversationForTurn(), startedAt: now(), source };
    const recorder = histories.recorder(turn, settings.get().keepHistory);
    const publishTurn = (event: Extract<AppEvent, { type: 'turn' }>['event']) =>
      publish({ type: 'turn', event });
    newestTurn = new LiveTurn({
      ...turn,
      recorder,
      settings: () => settings.get(),
      publish: publishTurn,
      now,
    });
    return newestTurn;
  };
  const correctTag = (correction: TagCorrection) => {
    const { turnId } = correction;
    const { conversationId, tags } = histories.correctTag(correction);
    if (newestTurn?.id === turnId) newestTurn.correctedTags(tags);
    publish({ type: 'turn', event: { type: 'tags', turnId, conversationId, tags } });
    publish({ type: 'history-changed' });
  };
  const coordinator = new TurnCoordinator({
    openUtterance: (sampleRate, onLevel) => {
      void models.ensureLoaded(selectedModelId(settings.get()), new AbortController().signal).catch(() => {});
      return new OpenUtterance(engine, sampleRate, onLevel);
    },
    beginTurn,
    onPhase: (phase) => {
      if (phase === 'idle') idle.rest();
      else idle.wake();
      publishState();
    },
    onLevel: ({ level, speech }) => publish({ type: 'level', level, speech }),
    onEnd: (turn) => {
      const { transcript, reply, utterance, note } = turn;
      // Of a reply that was stopped, only what was shown was heard.
      const spoken = turn.outcome === 'completed' ? turn.spoken : undefined;
      memory.remember({ transcript, reply, utterance, spoken, note });
      if (turn.outcome !== 'interrupted') memory.pendingCall = undefined;
      publish({ type: 'history-changed' });
    },
    onFailure: note,
    onTrouble: tell,
  });

  const onFire = (fired: FiredItem) => {
    const { id, kind } = fired.item;
    publish({ type: 'notify', id, kind, title: announcementTitle(fired), firedAt: fired.firedAt });
    coordinator.ring(bodies.unasked(announcement(fired), announcementTitle(fired)));
  };
  const rings = options.ringScheduled ?? !isCommandLine;
  const stores = new PersonalStores({ database, now, timeZone, rings, onFire });
  const toolParts = new ToolParts({
    dataFolder: folder.path,
    version: options.version,
    settings,
    engine,
    wordsReplies: () => models.present?.model.wordsReplies === true,
    publish,
    now,
    report,
    pages: options.pages,
    modelsFolders: () => modelsFolder.all,
  });
  const { registry, pages, knowledge } = toolParts;
  const background = new BackgroundTools({
    publish,
    now,
    onEnd: (job, outcome) => coordinator.ring(bodies.finished(job, outcome)),
  });
  const around: ToolSurroundings = {
    settings,
    stores,
    voices,
    clipVoices,
    speaksItself: () => modelStatus().speaks === 'token2wav',
    memory,
    now,
    random,
    timeZone,
    locale,
    fetch: options.fetch ?? globalThis.fetch,
    battery: options.battery,
    pages,
    knowledge,
    stopTools: () => background.cancelAll(),
    judge: () => toolParts.judge,
  };
  const bodies = new TurnBodies({
    ...around,
    histories,
    engine,
    models,
    registry,
    recordedVoices,
    consents,
    background,
    toolPatienceMs: options.toolPatienceMs ?? (isCommandLine ? Infinity : TOOL_PATIENCE_MS),
    open: options.open,
    speechLeadMs: options.speechLeadMs ?? (isCommandLine ? Infinity : SPEECH_LEAD_MS),
    setPhase: (turn, phase) => coordinator.setTurnPhase(turn, phase),
  });

  settings.subscribe((after, before) => {
    publishState();
    // A turn under way keeps its model; the next one loads the other.
    if (coordinator.presentPhase !== 'idle') return;
    idle.rest();
    const chosen = selectedModelId(after);
    const asIs = (when: Settings) =>
      loadCircumstances(chosen, { settings: when, key: remoteKey.get(), catalogue });
    const isOther = chosen !== selectedModelId(before) || asIs(after) !== asIs(before);
    if (isOther && models.isLoaded) {
      void models.ensureLoaded(chosen, new AbortController().signal).catch(note);
    }
  });
  database.onReplaced(publishState);
  try {
    histories.endAbandonedTurns();
  } catch (error) {
    note(error);
    database.notices.push(failureOf(error));
  }
  const opener = { open: options.open };
  const hotkey = () => options.hotkey?.status() ?? noHotkey;
  const { version } = options;
  const modelStatus = () => models.status(selectedModelId(settings.get()));
  const subjects = { folder, settings, database, catalogue, modelStatus, voices, engine, hotkey, version };
  return {
    engine,
    settings,
    remoteKey,
    histories,
    correctTag,
    voices,
    recordedVoices,
    clipVoices,
    models,
    library,
    stores,
    memory,
    consents,
    coordinator,
    bodies,
    feed,
    publish,
    state,
    toolParts,
    background,
    openLink: (address, signal) => options.open({ kind: 'link', address }, signal),
    listTools: () => registry.list(toolContext(around, opener)),
    diagnose: (signal) => diagnose(subjects, signal),
    now,
    close: () => {
      idle.wake();
      connections.close();
      database.close();
    },
  };
}

/** A folder that cannot be made is a notice: the assistant then works without keeping anything. */
function createdFolder(folder: DataFolder) {
  try {
    createDataFolder(folder);
    return [];
  } catch (error) {
    return [failureOf(error)];
  }
}

/** Only a shell that brings a converter can convert. */
// eslint-disable-next-line require-yield
async function* noConverter(): AsyncGenerator<never> {
  throw new UserError('model-incompatible', { reason: 'this installation cannot convert models' });
}
