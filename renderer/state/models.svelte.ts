import type { AppEvent, ModelStatus } from '../../contract/app-events.ts';
import type { Assistant } from '../../contract/assistant-contract.ts';

type Progress = Extract<AppEvent, { type: 'model-progress' }>;

/** The installed models and what becomes of them. */
export class Models {
  list = $state.raw<readonly ModelStatus[]>([]);
  status = $state<'unread' | 'reading' | 'read'>('unread');
  progress = $state.raw<Progress | undefined>();
  /** The model that was asked to load or unload, until it is done. */
  busy = $state<string | undefined>();
  private readonly assistant: () => Assistant;
  private readonly onFailure: (error: unknown) => void;

  constructor(assistant: () => Assistant, onFailure: (error: unknown) => void) {
    this.assistant = assistant;
    this.onFailure = onFailure;
  }

  async read(): Promise<void> {
    if (this.status === 'unread') this.status = 'reading';
    try {
      this.list = await this.assistant().listModels({}, new AbortController().signal);
    } catch (error) {
      this.onFailure(error);
    }
    this.status = 'read';
  }

  load(modelId: string): Promise<void> {
    return this.change(modelId, () => this.assistant().loadModel({ modelId }, new AbortController().signal));
  }

  unload(modelId: string): Promise<void> {
    return this.change(modelId, () => this.assistant().unloadModel({}, new AbortController().signal));
  }

  showProgress(progress: Progress): void {
    this.progress = progress.done < progress.total || progress.total === 0 ? progress : undefined;
  }

  /** The live state knows the current model better than the list read before. */
  showStatus(model: ModelStatus): void {
    if (model.state !== 'loading') this.progress = undefined;
    this.list = this.list.map((one) => (one.id === model.id ? model : one));
  }

  private async change(modelId: string, action: () => Promise<void>): Promise<void> {
    this.busy = modelId;
    try {
      await action();
    } catch (error) {
      this.onFailure(error);
    } finally {
      this.busy = undefined;
      this.progress = undefined;
    }
    await this.read();
  }
}
