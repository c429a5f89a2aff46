import type {
  LoadRequest,
  ModelDescription,
  RemoteModel as RemoteModelSettings,
  SpeakRequest,
  SpokenAudio,
  SpokenVoice,
} from '../../contract/engine-contract.ts';
import type { LoadedModel } from '../loaded-model.ts';
import type { PackageOptions } from '../convert/model-package.ts';
import type { SessionSettings } from '../onnx/session.ts';
import type { SpeakingSurroundings } from '../step-audio/step-audio-parts.ts';
import { ChatClient } from './chat-client.ts';
import { openPackageVoice, type RemoteVoice } from './package-voice.ts';
import { RemoteError } from './remote-error.ts';
import { RemoteModel } from './remote-model.ts';

export const remoteOpeningSteps = ['reach', 'voice'] as const;

export interface OpenedRemoteModel {
  readonly loaded: LoadedModel;
  readonly description: ModelDescription;
}

/** What a model on another machine borrows from this one. */
export interface RemoteSurroundings extends SpeakingSurroundings, PackageOptions {
  readonly session: SessionSettings;
  /** The voice that is made ready. */
  readonly voice: SpokenVoice;
  readonly sayWords: (request: SpeakRequest, signal: AbortSignal) => AsyncIterable<SpokenAudio>;
}

/**
 * Reaches the server, makes sure that it serves the model, and opens the voice for its speech tokens. Yields each step
 * as it begins.
 *
 * @throws UserError remote-*; model-* for the package of the voice
 */
export async function* openRemoteModel(
  request: Pick<LoadRequest, 'packageFolder'> & { readonly remote: RemoteModelSettings },
  surroundings: RemoteSurroundings,
  signal: AbortSignal,
): AsyncGenerator<(typeof remoteOpeningSteps)[number], OpenedRemoteModel> {
  const { remote, packageFolder } = request;
  const client = new ChatClient(remote);
  let voice: RemoteVoice | undefined;
  try {
    yield 'reach';
    await expectModel(client, remote.model, signal);
    yield 'voice';
    const { session, sayWords } = surroundings;
    if (packageFolder !== '') voice = await openPackageVoice(packageFolder, session, surroundings, signal);
    signal.throwIfAborted();
    return {
      loaded: new RemoteModel({ client, thinks: remote.thinks, voice, sayWords }),
      description: describe(client, remote, voice !== undefined),
    };
  } catch (error) {
    await client.close();
    await voice?.maker.release();
    throw error;
  }
}

/** Servers that keep no list of their models say so by their answer to the first question. */
async function expectModel(client: ChatClient, model: string, signal: AbortSignal): Promise<void> {
  const { host } = client.address;
  if (model === '') throw new RemoteError('remote-model-missing', { host, model });
  let models: string[];
  try {
    models = await client.models(signal);
  } catch (error) {
    if (error instanceof RemoteError && error.code === 'remote-not-understood') return;
    throw error;
  }
  if (!models.includes(model)) throw new RemoteError('remote-model-missing', { host, model });
}

function describe(client: ChatClient, remote: RemoteModelSettings, hasVoice: boolean): ModelDescription {
  return {
    id: 'remote',
    name: remote.model,
    description: client.address.host,
    family: 'step-audio-2',
    version: '',
    licence: '',
    bytes: 0,
    languages: [],
    speaks: hasVoice ? 'token2wav' : 'light-voice',
    wordsReplies: true,
  };
}
