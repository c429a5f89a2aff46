import type { Assistant } from '../contract/assistant-contract.ts';
import { UserError } from '../contract/user-errors.ts';
import { testConnection } from '../engine/remote/test-connection.ts';
import type { AssistantParts } from './assistant-parts.ts';
import { listFolders } from './folders/list-folders.ts';
import { remoteModel, selectedModelId, selectionOf } from './models/remote-selection.ts';
import { toolService } from './tool-service.ts';
import { speakRequest } from './turns/speech-output.ts';
import { clipService } from './voices/clip-service.ts';
import { isClipId } from './voices/clips/clip-rows.ts';
import { isRecordedVoice } from './voices/recorded-voices.ts';

/** For a caller inside of this process, whose input no schema has completed. */
const DEFAULT_LIST_LENGTH = 50;

/** Answers every call of the contract; each line names the part that does the work. */
export function assistantService(parts: AssistantParts): Assistant {
  return {
    ...listening(parts),
    ...history(parts),
    ...voices(parts),
    ...clipService(parts),
    ...modelsAndSettings(parts),
    ...otherMachine(parts),
    ...modelLibrary(parts),
    ...toolsAndSchedule(parts),
    ...toolService(parts),
    listFolders: async ({ path, hidden = false }, signal) => listFolders(path, hidden, signal),
  };
}

function listening({ coordinator, bodies, feed, state, publish, memory, background }: AssistantParts) {
  return {
    events: (_, signal) => feed.subscribe({ type: 'state', state: state() }, signal),
    getState: async () => state(),
    startListening: async ({ sampleRate }) => ({ utteranceId: await coordinator.press(sampleRate) }),
    pushAudio: async ({ utteranceId, samples }) => coordinator.push(utteranceId, samples),
    finishListening: async ({ utteranceId, ...asked }, signal) => ({
      turnId: await coordinator.release(utteranceId, (utterance) => bodies.spoken(utterance, asked), signal),
    }),
    cancelListening: async ({ utteranceId }) => coordinator.cancel(utteranceId),
    sendText: async ({ text, ...asked }, signal) => ({
      turnId: await coordinator.type(bodies.typed(text.trim(), asked), signal),
    }),
    stop: async () => {
      coordinator.stop();
      background.cancelAll();
    },
    newConversation: async () => {
      coordinator.stop();
      memory.clear();
      publish({ type: 'state', state: state() });
    },
  } satisfies Partial<Assistant>;
}

function history({ histories, memory, coordinator, correctTag, publish, state, now }: AssistantParts) {
  const forgetPresent = (isAffected: boolean) => {
    if (!isAffected) return;
    coordinator.stop();
    memory.clear();
    publish({ type: 'state', state: state() });
  };
  return {
    listConversations: async ({ query, tags, limit = DEFAULT_LIST_LENGTH, before }) =>
      histories.list({ query, tags, limit, before }),
    countTags: async () => histories.tagCounts(),
    correctTag: async (correction) => correctTag(correction),
    getConversation: async ({ conversationId }) =>
      conversationId === memory.conversationId && !histories.has(conversationId)
        ? []
        : histories.turns(conversationId),
    openConversation: async ({ conversationId }) => {
      const turns = histories.turns(conversationId);
      coordinator.stop();
      memory.resume(conversationId, turns);
      publish({ type: 'state', state: state() });
    },
    deleteConversation: async ({ conversationId }) => {
      forgetPresent(conversationId === memory.conversationId);
      histories.delete(conversationId);
      publish({ type: 'history-changed' });
    },
    deleteAllHistory: async () => {
      forgetPresent(true);
      histories.deleteAll();
      publish({ type: 'history-changed' });
    },
    exportHistory: async ({ format, conversationId }) => histories.export(format, conversationId, now()),
    getTurnAudio: async ({ turnId, side }) => histories.audio(turnId, side),
  } satisfies Partial<Assistant>;
}

function voices({ voices: library, clipVoices, recordedVoices, settings, engine, publish }: AssistantParts) {
  return {
    listVoices: async ({ query }) => {
      library.takeRecordings(recordedVoices.list());
      return library.list(query);
    },
    selectVoice: async ({ voiceId }) => {
      library.require(voiceId);
      clipVoices.usualVoiceId = undefined;
      settings.update({ voiceId });
    },
    setFavouriteVoice: async ({ voiceId, favourite }) => {
      library.setFavourite(voiceId, favourite);
      publish({ type: 'voices-changed' });
    },
    previewVoice: async function* ({ voiceId }, signal) {
      if (isRecordedVoice(voiceId)) {
        yield* recordedVoices.preview(voiceId);
        return;
      }
      if (isClipId(voiceId)) {
        yield* clipVoices.preview(voiceId);
        return;
      }
      const request = speakRequest(library.sampleSentence(voiceId), { ...settings.get(), voiceId });
      for await (const { samples, sampleRate } of engine.speak(request, signal)) {
        yield { samples: samples as Float32Array<ArrayBuffer>, sampleRate };
      }
    },
  } satisfies Partial<Assistant>;
}

function modelsAndSettings({ models, library, settings, coordinator, diagnose }: AssistantParts) {
  return {
    listModels: async (_, signal) => {
      if (models.isLoaded && coordinator.presentPhase === 'idle') await models.measureMemory(signal);
      return models.all();
    },
    loadModel: async ({ modelId }, signal) => {
      const { state, voiceOnly, name } = models.status(modelId);
      if (state === 'missing') throw new UserError('model-missing', { model: modelId });
      if (voiceOnly) throw new UserError('model-voice-only', { model: name });
      if (selectedModelId(settings.get()) !== modelId) settings.update(selectionOf(modelId));
      await models.ensureLoaded(modelId, signal);
    },
    unloadModel: async (_, signal) => {
      coordinator.stop();
      await models.unload(signal);
    },
    updateSettings: async (patch) => {
      const folder = patch.models?.folder ?? '';
      if (folder !== settings.get().models.folder) await library.checkFolder(folder);
      return settings.update(patch);
    },
    diagnose: async (_, signal) => diagnose(signal),
  } satisfies Partial<Assistant>;
}

function otherMachine({ settings, remoteKey, publish, state }: AssistantParts) {
  return {
    setRemoteKey: async ({ key }) => {
      remoteKey.set(key);
      publish({ type: 'state', state: state() });
    },
    testRemote: async (_, signal) => testConnection(remoteModel(settings.get(), remoteKey.get()), signal),
  } satisfies Partial<Assistant>;
}

function modelLibrary({ library }: AssistantParts) {
  return {
    getModelLibrary: async () => library.view(),
    addOffer: async ({ address }) => ({ offerId: library.addOffer(address) }),
    removeOffer: async ({ offerId }) => library.removeOffer(offerId),
    startDownload: async ({ offerId }) => library.startDownload(offerId),
    pauseDownload: async ({ offerId }) => library.pauseDownload(offerId),
    discardDownload: async ({ offerId }) => library.discardDownload(offerId),
    choosePrecision: async (source) => library.choosePrecision(source),
    startConversion: async ({ precision = 'auto', voiceOnly = false, ...source }) =>
      library.startConversion(source, precision, voiceOnly),
    pauseConversion: async ({ checkpointFolder }) => library.pauseConversion(checkpointFolder),
    discardConversion: async ({ checkpointFolder }) => library.discardConversion(checkpointFolder),
    removeModel: async ({ modelId }, signal) => library.removeModel(modelId, signal),
  } satisfies Partial<Assistant>;
}

function toolsAndSchedule({ listTools, consents, stores }: AssistantParts) {
  return {
    listTools: async () => [...listTools()],
    answerConsent: async ({ consentId, answer }) => consents.answer(consentId, answer),
    listScheduled: async () =>
      stores.schedule.list().map(({ id, kind, title, dueAt }) => ({ id, kind, title, dueAt })),
    cancelScheduled: async ({ id }) => {
      stores.schedule.cancel(id);
    },
  } satisfies Partial<Assistant>;
}
