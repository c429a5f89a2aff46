import type { ModelDescription, RemoteModel } from '../../contract/engine-contract.ts';
import type { Settings } from '../../contract/settings.ts';
import { parseRemoteAddress } from '../../engine/remote/remote-address.ts';
import type { ModelCatalogue } from './model-catalogue.ts';
import type { LoadWish, RemoteModelStatus } from './model-host.ts';

/** The id under which the model of another machine is known. */
export const REMOTE_MODEL_ID = 'remote';

/** What answers: the model of the other machine, or the chosen one of this machine. */
export function selectedModelId({ engine, modelId }: Settings): string {
  return engine.kind === 'remote' ? REMOTE_MODEL_ID : modelId;
}

/** The settings that name a model of this machine, or the other machine's. */
export function selectionOf(modelId: string): Partial<Settings> {
  if (modelId === REMOTE_MODEL_ID) return { engine: { kind: 'remote' } };
  return { engine: { kind: 'local' }, modelId };
}

export function remoteModel({ remote, network }: Settings, key: string): RemoteModel {
  const { url, model, thinks, allowPlainHttp } = remote;
  return { url, model, thinks, allowPlainHttp, key, proxy: network.proxy };
}

/** The name of the other machine, or what was written in its place. */
function remoteHost({ remote }: Settings): string {
  try {
    return parseRemoteAddress(remote.url).host;
  } catch {
    return remote.url.includes('@') ? '' : remote.url;
  }
}

/** Known before the machine was reached. */
function remoteDescription(settings: Settings): ModelDescription {
  return {
    id: REMOTE_MODEL_ID,
    name: settings.remote.model || REMOTE_MODEL_ID,
    description: '',
    family: 'step-audio-2',
    version: '',
    licence: '',
    bytes: 0,
    languages: [],
    speaks: 'light-voice',
    wordsReplies: true,
  };
}

/** What to load for a model as everything is set now. Throws UserError `model-missing` or `model-damaged`. */
export function loadWish(
  modelId: string,
  { settings, key, catalogue }: { settings: Settings; key: string; catalogue: ModelCatalogue },
): LoadWish {
  const { provider, voiceId } = settings;
  const common = { provider, threads: 0, voice: { voiceId } };
  if (modelId !== REMOTE_MODEL_ID) {
    const { folder, description } = catalogue.require(modelId);
    return { request: { packageFolder: folder, ...common }, description };
  }
  const packageFolder = voicePackageFolder(catalogue, settings);
  const remote = remoteModel(settings, key);
  return { request: { packageFolder, remote, ...common }, description: remoteDescription(settings) };
}

export function remoteStatus(settings: Settings): RemoteModelStatus {
  return {
    isSelected: settings.engine.kind === 'remote',
    description: remoteDescription(settings),
    host: remoteHost(settings),
  };
}

/** Whatever makes it necessary to load a model anew. */
export function loadCircumstances(
  modelId: string,
  { settings, key, catalogue }: { settings: Settings; key: string; catalogue: ModelCatalogue },
): string {
  const isRemote = modelId === REMOTE_MODEL_ID;
  const remote = isRemote ? [remoteModel(settings, key), voicePackageFolder(catalogue, settings)] : [];
  return JSON.stringify([settings.provider, ...remote]);
}

/** The package whose voice says what the other machine replies: the one set, else the chosen model's, else any. */
function voicePackageFolder(catalogue: ModelCatalogue, { modelId, remote }: Settings): string {
  const speaking = catalogue
    .list()
    .filter(({ model, damage }) => !damage && model?.description.speaks === 'token2wav');
  const withId = (wanted: string) => speaking.find(({ id }) => id === wanted);
  const chosen = withId(remote.voiceModelId) ?? withId(modelId) ?? speaking[0];
  return chosen?.model?.folder ?? '';
}
