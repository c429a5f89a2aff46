import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { AppEvent } from '../../contract/app-events.ts';
import { modelPrecision, type ConversionRequest } from '../../contract/model-conversion.ts';
import type { Conversion, ModelLibrary as LibraryView } from '../../contract/model-library.ts';
import { settings as settingsSchema, type Settings } from '../../contract/settings.ts';
import { UserError } from '../../contract/user-errors.ts';
import { holdsOnlyVoice } from '../../engine/convert/checkpoint-folder.ts';
import { SPEECH_FOLDER } from '../../engine/convert/speech-parts.ts';
import { discardConversion, workFolderOf } from '../../engine/convert/work-folder.ts';
import { requireWritable } from './download/disk-room.ts';
import { ModelDownload, type DownloadWorld } from './download/model-download.ts';
import type { Offer } from './download/offer.ts';
import { officialOffers } from './download/official-offers.ts';
import type { ModelCatalogue } from './model-catalogue.ts';
import { ModelConversions, type Convert } from './model-conversions.ts';
import { wholePath, type ModelsFolder } from './models-folder.ts';
import { packageId, packageIdsOf, viewOffer, voicePackageId } from './offer-view.ts';
import { Offers } from './offers.ts';
import { officialTensors } from './official-tensors.ts';
import {
  checkpointTensors,
  precisionChoices,
  voicePrecisionChoices,
  voiceTensors,
  type PrecisionChoices,
} from './precision-choices.ts';

/** An offer, or a folder that the person named. */
export interface CheckpointSource {
  readonly offerId?: string | undefined;
  readonly folder?: string | undefined;
}

export interface ModelLibraryOptions {
  readonly catalogue: ModelCatalogue;
  readonly folder: ModelsFolder;
  readonly settings: () => Settings;
  readonly updateSettings: (patch: Partial<Settings>) => void;
  readonly download: DownloadWorld;
  readonly convert: Convert;
  readonly publish: (event: AppEvent) => void;
  /** The model must not be in memory any more when its files go. */
  readonly unload: (modelId: string, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
  /** Default: those of Step-Audio 2. */
  readonly offers?: readonly Offer[] | undefined;
}

/** Models on their way to this machine: offers, downloads, conversions, and the folder that holds them. */
export class ModelLibrary {
  private readonly options: ModelLibraryOptions;
  private readonly offers: Offers;
  private readonly downloads = new Map<string, ModelDownload>();
  private readonly conversions: ModelConversions;

  constructor(options: ModelLibraryOptions) {
    const { offers = officialOffers, settings, updateSettings, convert, now, publish } = options;
    this.options = options;
    this.offers = new Offers(offers, settings, updateSettings);
    this.conversions = new ModelConversions(convert, now, (conversion, offerId) => {
      publish({ type: 'conversion', offerId, conversion });
      if (conversion.state === 'complete') this.changed();
    });
  }

  async view(): Promise<LibraryView> {
    const { catalogue, folder, settings } = this.options;
    const installed = catalogue.list();
    const { provider } = settings();
    const view = (offer: Offer) => {
      const download = this.downloadOf(offer.id);
      const conversion = this.conversionOf(offer, download.folder);
      return viewOffer(offer, { download, conversion, installed, provider });
    };
    return {
      offers: await Promise.all(this.offers.all().map(view)),
      conversions: this.conversions.unoffered,
      folder: await folder.view(),
      builtInModelIds: installed.filter((entry) => folder.isBuiltIn(entry.folder)).map(({ id }) => id),
    };
  }

  addOffer(address: string): string {
    const offerId = this.offers.add(address);
    this.changed();
    return offerId;
  }

  async removeOffer(offerId: string): Promise<void> {
    await this.downloadOf(offerId).pause();
    this.offers.remove(offerId);
    this.changed();
  }

  startDownload(offerId: string): void {
    void this.downloadOf(offerId).start();
  }

  pauseDownload(offerId: string): Promise<void> {
    return this.downloadOf(offerId).pause();
  }

  async discardDownload(offerId: string): Promise<void> {
    const download = this.downloadOf(offerId);
    await this.conversions.pause(download.folder);
    await download.discard();
    this.changed();
  }

  /** Before its files are here, an official model is judged by what is known of it. */
  choosePrecision(source: CheckpointSource): PrecisionChoices {
    const folder = this.checkpointFolder(source);
    const offer = source.offerId === undefined ? undefined : this.offers.require(source.offerId);
    const isUnseen = offer?.official && !existsSync(folder);
    if (offer?.voiceOnly || holdsOnlyVoice(folder)) {
      return voicePrecisionChoices(isUnseen ? officialTensors().speech : voiceTensors(folder));
    }
    const tensors = isUnseen ? officialTensors() : checkpointTensors(folder);
    return precisionChoices(tensors, this.options.settings().provider);
  }

  /** Resolves once it is under way. Throws UserError. */
  async startConversion(
    source: CheckpointSource,
    precision: ConversionRequest['precision'],
    isVoiceWanted: boolean,
  ): Promise<void> {
    const { folder, settings } = this.options;
    const offer = source.offerId === undefined ? undefined : this.offers.require(source.offerId);
    const checkpointFolder = this.checkpointFolder(source);
    if (!existsSync(checkpointFolder)) throw new UserError('model-missing', { file: checkpointFolder });
    const voiceOnly = isVoiceWanted || offer?.voiceOnly || holdsOnlyVoice(checkpointFolder);
    const chosen =
      precision === 'auto' && !voiceOnly ? this.choosePrecision(source).auto.precision : precision;
    await requireWritable(folder.path);
    const name = offer?.id ?? checkpointName(checkpointFolder);
    const id = voiceOnly ? voicePackageId(name) : packageId(name, chosen);
    this.conversions.start(
      {
        checkpointFolder,
        outputFolder: join(folder.path, id),
        precision,
        provider: settings().provider,
        ...(voiceOnly ? { voiceOnly } : {}),
        identity: { id, ...(offer && { name: titleOf(offer, voiceOnly, chosen), ...factsOf(offer) }) },
      },
      offer?.id,
    );
  }

  pauseConversion(checkpointFolder: string): Promise<void> {
    return this.conversions.pause(checkpointFolder);
  }

  async discardConversion(checkpointFolder: string): Promise<void> {
    const offer = this.offers.all().find(({ id }) => this.downloadOf(id).folder === checkpointFolder);
    const left =
      (await this.conversions.forget(checkpointFolder)) ??
      (offer && this.conversionOf(offer, checkpointFolder));
    if (left) discardConversion(left.outputFolder);
    this.changed();
  }

  /** Throws UserError `model-built-in` or `model-missing`. */
  async removeModel(modelId: string, signal: AbortSignal): Promise<void> {
    const { catalogue, folder, settings, unload, updateSettings } = this.options;
    const entry = catalogue.list().find(({ id }) => id === modelId);
    if (!entry) throw new UserError('model-missing', { model: modelId });
    if (folder.isBuiltIn(entry.folder)) throw new UserError('model-built-in', { model: modelId });
    await unload(modelId, signal);
    await folder.deletePackage(entry.folder, modelId);
    const { modelId: chosen, remote } = settings();
    if (chosen === modelId) updateSettings({ modelId: settingsSchema.parse({}).modelId });
    if (remote.voiceModelId === modelId) updateSettings({ remote: { ...remote, voiceModelId: '' } });
    this.changed();
  }

  /** Before a folder becomes the setting. Throws UserError `file-not-writable`. */
  async checkFolder(folder: string): Promise<void> {
    if (folder) await requireWritable(wholePath(folder));
  }

  async close(): Promise<void> {
    await Promise.all([...this.downloads.values()].map((download) => download.pause()));
    await this.conversions.close();
  }

  private changed(): void {
    this.options.publish({ type: 'library-changed' });
  }

  /** One that runs stays where it is, though the person may have chosen another folder since. */
  private downloadOf(offerId: string): ModelDownload {
    const offer = this.offers.require(offerId);
    const parent = this.options.folder.files;
    const known = this.downloads.get(offerId);
    if (known && (known.isRunning || dirname(known.folder) === parent)) return known;
    const download = new ModelDownload(offer, parent, this.options.download, (news) => {
      this.options.publish({ type: 'download', offerId, download: news });
      if (news.state === 'complete') this.changed();
    });
    this.downloads.set(offerId, download);
    return download;
  }

  private checkpointFolder({ offerId, folder = '' }: CheckpointSource): string {
    return offerId === undefined ? wholePath(folder) : this.downloadOf(offerId).folder;
  }

  /** Of this session, or one that was interrupted when Sotto last closed. */
  private conversionOf(offer: Offer, checkpointFolder: string): Conversion | undefined {
    const known = this.conversions.of(checkpointFolder);
    if (known) return known;
    for (const id of packageIdsOf(offer)) {
      const outputFolder = join(this.options.folder.path, id);
      if (!existsSync(workFolderOf(outputFolder))) continue;
      const precision = modelPrecision.options.find((one) => id.endsWith(`-${one}`)) ?? 'auto';
      return { state: 'paused', checkpointFolder, outputFolder, precision, voiceOnly: offer.voiceOnly };
    }
    return undefined;
  }
}

/** The folder of the speaking half is called the same in every checkpoint. */
function checkpointName(folder: string): string {
  return basename(folder) === SPEECH_FOLDER ? basename(dirname(folder)) : basename(folder);
}

function titleOf({ name, voiceOnly: isVoice }: Offer, voiceOnly: boolean, form: string): string {
  if (isVoice) return name;
  return voiceOnly ? `${name}, voice only` : `${name} (${form})`;
}

function factsOf({ description, licence, revision }: Offer): ConversionRequest['identity'] {
  const version = revision.slice(0, 12);
  return { ...(description && { description }), ...(licence && { licence }), ...(version && { version }) };
}
