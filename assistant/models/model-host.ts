import type { ModelStatus, ProviderReport } from '../../contract/app-events.ts';
import type { Engine, LoadRequest, ModelDescription, SpeechSpeeds } from '../../contract/engine-contract.ts';
import type { Failure } from '../../contract/turn-events.ts';
import { talkTask } from '../../contract/settings.ts';
import { UserError } from '../../contract/user-errors.ts';
import { failureOf } from '../failures.ts';
import type { CatalogueEntry, ModelCatalogue } from './model-catalogue.ts';
import { REMOTE_MODEL_ID } from './remote-selection.ts';

export interface ModelHostOptions {
  readonly engine: Engine;
  readonly catalogue: ModelCatalogue;
  /** What to load for a model as everything is set now, and what is known of it before. Throws UserError `model-*`. */
  readonly wish: (modelId: string) => LoadWish;
  /** Whatever of the settings makes it necessary to load a model anew. */
  readonly circumstances: (modelId: string) => string;
  /** The other machine, where one is set: it is a model like those of the catalogue. */
  readonly remote: () => RemoteModelStatus;
  readonly onProgress: (modelId: string, stage: string, done: number, total: number) => void;
  readonly onChange: () => void;
}

export interface LoadWish {
  readonly request: LoadRequest;
  readonly description: ModelDescription;
}
export interface RemoteModelStatus {
  readonly isSelected: boolean;
  readonly description: ModelDescription;
  readonly host: string;
}

interface Loading {
  readonly modelId: string;
  readonly controller: AbortController;
  readonly done: Promise<ModelDescription>;
  /** Never rejects. */
  readonly settled: Promise<void>;
}
interface Loaded {
  readonly model: ModelDescription;
  /** The circumstances that it was loaded in. */
  readonly asked: string;
  readonly provider: ProviderReport;
  /** Of models that speak by themselves. */
  readonly speeds: SpeechSpeeds | undefined;
  memoryBytes: number | undefined;
}

/** The one model that is in memory: loads it once however many ask, and notices when it is lost. */
export class ModelHost {
  private readonly options: ModelHostOptions;
  private loading: Loading | undefined;
  private loaded: Loaded | undefined;
  private failure: { readonly modelId: string; readonly failure: Failure } | undefined;

  constructor(options: ModelHostOptions) {
    this.options = options;
  }

  get isLoaded(): boolean {
    return this.loaded !== undefined;
  }

  /** The model that is loaded, and how fast it speaks by itself. */
  get present(): { readonly model: ModelDescription; readonly speeds: SpeechSpeeds | undefined } | undefined {
    return this.loaded;
  }

  /** Resolves when the model can answer. Leaving early (the signal) does not stop the loading for others. */
  async ensureLoaded(modelId: string, signal: AbortSignal): Promise<ModelDescription> {
    signal.throwIfAborted();
    if (this.loaded?.model.id === modelId && this.loaded.asked === this.options.circumstances(modelId)) return this.loaded.model;
    if (this.loading?.modelId !== modelId) this.begin(modelId);
    return abandonable((this.loading as Loading).done, signal);
  }

  async unload(signal: AbortSignal): Promise<void> {
    this.loading?.controller.abort(new UserError('model-not-loaded'));
    this.loaded = undefined;
    this.options.onChange();
    await this.options.engine.unload(signal);
  }

  /** The engine's process is gone, and the model with it. */
  lost(): void {
    this.loaded = undefined;
    this.options.onChange();
  }

  status(modelId: string): ModelStatus {
    return this.statusOf(modelId, this.options.catalogue.get(modelId));
  }

  all(): ModelStatus[] {
    const installed = this.options.catalogue.list().map((entry) => this.statusOf(entry.id, entry));
    return this.options.remote().isSelected ? [this.statusOf(REMOTE_MODEL_ID, undefined), ...installed] : installed;
  }

  async measureMemory(signal: AbortSignal): Promise<void> {
    const { loaded } = this;
    if (loaded) loaded.memoryBytes = await this.options.engine.memoryBytes(signal);
  }

  /** Gives up loading; resolves when nothing is under way any more. */
  async close(): Promise<void> {
    const { loading } = this;
    loading?.controller.abort(new UserError('model-not-loaded'));
    await loading?.settled;
  }

  private begin(modelId: string): void {
    const before = this.loading;
    before?.controller.abort(new UserError('model-not-loaded'));
    const controller = new AbortController();
    const done = (before?.settled ?? Promise.resolve()).then(() => this.load(modelId, controller.signal));
    const settled = done
      .then(
        () => {},
        (error: unknown) => {
          if (!controller.signal.aborted) this.failure = { modelId, failure: failureOf(error) };
        },
      )
      .then(() => {
        if (this.loading?.done === done) this.loading = undefined;
        this.options.onChange();
      });
    this.loading = { modelId, controller, done, settled };
    this.failure = undefined;
    this.options.onChange();
  }

  private async load(modelId: string, signal: AbortSignal): Promise<ModelDescription> {
    const { engine, wish, circumstances, onProgress } = this.options;
    const asked = circumstances(modelId);
    const { request, description } = wish(modelId);
    this.loaded = undefined;
    for await (const event of engine.load(request, signal)) {
      signal.throwIfAborted();
      if (event.type === 'progress') {
        onProgress(modelId, event.stage, event.done, event.total);
      } else {
        // The id by which the person chose it; the rest as the engine found it.
        const model = { ...description, ...event.model, id: modelId };
        const { provider, speeds } = event;
        this.loaded = { model, asked, provider, speeds, memoryBytes: undefined };
      }
    }
    if (!this.loaded) throw new UserError('model-incompatible', { model: modelId });
    return (this.loaded as Loaded).model;
  }

  private statusOf(modelId: string, entry: CatalogueEntry | undefined): ModelStatus {
    const loaded = this.loaded?.model.id === modelId ? this.loaded : undefined;
    const damage = entry?.damage && failureOf(entry.damage);
    const failure = this.failure?.modelId === modelId ? this.failure.failure : damage;
    const remote = modelId === REMOTE_MODEL_ID ? this.options.remote() : undefined;
    const known = remote?.description ?? entry?.model?.description ?? unknownModel(modelId);
    const { wordsReplies, ...about } = loaded?.model ?? known;
    return {
      ...about,
      id: modelId,
      tasks: wordsReplies ? [...talkTask.options] : ['converse', 'transcribe'],
      ...(remote ? { remoteHost: remote.host } : {}),
      state: this.stateOf(modelId, entry, failure),
      provider: loaded?.provider,
      memoryBytes: loaded?.memoryBytes,
      failure,
    };
  }

  private stateOf(
    modelId: string,
    entry: CatalogueEntry | undefined,
    failure: Failure | undefined,
  ): ModelStatus['state'] {
    if (this.loaded?.model.id === modelId) return 'ready';
    const isThere = entry !== undefined || modelId === REMOTE_MODEL_ID;
    if (!isThere || failure?.code === 'model-missing') return 'missing';
    if (this.loading?.modelId === modelId) return 'loading';
    return failure ? 'failed' : 'unloaded';
  }
}

function unknownModel(id: string): ModelDescription {
  return {
    id,
    name: id,
    description: '',
    family: '',
    version: '',
    licence: '',
    bytes: 0,
    languages: [],
    speaks: 'light-voice',
    wordsReplies: false,
  };
}

/** Settles with `work`, or rejects with the signal's reason, whichever comes first. */
function abandonable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
