import type { AppEvent } from '../../contract/app-events.ts';
import type { Assistant } from '../../contract/assistant-contract.ts';
import type { ModelPrecision } from '../../contract/model-conversion.ts';
import type { ModelLibrary as View, ModelOffer } from '../../contract/model-library.ts';

export type PrecisionChoices = Awaited<ReturnType<Assistant['choosePrecision']>>;
/** An offer, or a folder that the person named. */
export type CheckpointSource = { readonly offerId: string } | { readonly folder: string };
type NewsOf<Type extends AppEvent['type']> = Extract<AppEvent, { type: Type }>;

/** Models on their way to this machine. What goes on is told by events; the rest is read. */
export class ModelLibrary {
  view = $state.raw<View | undefined>();
  private readonly assistant: () => Assistant;
  private readonly onFailure: (error: unknown) => void;

  constructor(assistant: () => Assistant, onFailure: (error: unknown) => void) {
    this.assistant = assistant;
    this.onFailure = onFailure;
  }

  async read(): Promise<void> {
    await this.attempt(async (assistant, signal) => {
      this.view = await assistant.getModelLibrary({}, signal);
    });
  }

  showDownload({ offerId, download }: NewsOf<'download'>): void {
    this.changeOffer(offerId, (offer) => ({ ...offer, download, bytes: download.totalBytes || offer.bytes }));
  }

  showConversion({ offerId, conversion }: NewsOf<'conversion'>): void {
    if (offerId !== undefined) {
      this.changeOffer(offerId, (offer) => ({ ...offer, conversion }));
    } else if (this.view) {
      const { checkpointFolder } = conversion;
      const isKnown = this.view.conversions.some((one) => one.checkpointFolder === checkpointFolder);
      const conversions = isKnown
        ? this.view.conversions.map((one) => (one.checkpointFolder === checkpointFolder ? conversion : one))
        : [...this.view.conversions, conversion];
      this.view = { ...this.view, conversions };
    }
  }

  download(offerId: string): Promise<boolean> {
    return this.attempt((assistant, signal) => assistant.startDownload({ offerId }, signal));
  }

  pauseDownload(offerId: string): Promise<boolean> {
    return this.attempt((assistant, signal) => assistant.pauseDownload({ offerId }, signal));
  }

  discardDownload(offerId: string): Promise<boolean> {
    return this.attempt((assistant, signal) => assistant.discardDownload({ offerId }, signal));
  }

  addOffer(address: string): Promise<boolean> {
    return this.attempt((assistant, signal) => assistant.addOffer({ address }, signal));
  }

  removeOffer(offerId: string): Promise<boolean> {
    return this.attempt((assistant, signal) => assistant.removeOffer({ offerId }, signal));
  }

  /** Undefined when it could not be told. */
  async precisions(source: CheckpointSource): Promise<PrecisionChoices | undefined> {
    let choices: PrecisionChoices | undefined;
    await this.attempt(async (assistant, signal) => {
      choices = await assistant.choosePrecision(source, signal);
    });
    return choices;
  }

  convert(
    source: CheckpointSource,
    precision: ModelPrecision | 'auto',
    voiceOnly: boolean,
  ): Promise<boolean> {
    return this.attempt((assistant, signal) =>
      assistant.startConversion({ ...source, precision, ...(voiceOnly ? { voiceOnly } : {}) }, signal),
    );
  }

  pauseConversion(checkpointFolder: string): Promise<boolean> {
    return this.attempt((assistant, signal) => assistant.pauseConversion({ checkpointFolder }, signal));
  }

  discardConversion(checkpointFolder: string): Promise<boolean> {
    return this.attempt((assistant, signal) => assistant.discardConversion({ checkpointFolder }, signal));
  }

  removeModel(modelId: string): Promise<boolean> {
    return this.attempt((assistant, signal) => assistant.removeModel({ modelId }, signal));
  }

  private changeOffer(offerId: string, change: (offer: ModelOffer) => ModelOffer): void {
    if (!this.view) return;
    const offers = this.view.offers.map((offer) => (offer.id === offerId ? change(offer) : offer));
    this.view = { ...this.view, offers };
  }

  /** False when it failed; the person has been told. */
  private async attempt(
    action: (assistant: Assistant, signal: AbortSignal) => Promise<unknown>,
  ): Promise<boolean> {
    try {
      await action(this.assistant(), new AbortController().signal);
      return true;
    } catch (error) {
      this.onFailure(error);
      return false;
    }
  }
}
