import { rm } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import type { AppEvent } from '../../contract/app-events.ts';
import type { ConversionRequest } from '../../contract/model-conversion.ts';
import type { ModelLibrary as LibraryView, ModelOffer } from '../../contract/model-library.ts';
import type { Settings } from '../../contract/settings.ts';
import { UserError } from '../../contract/user-errors.ts';
import { discardConversion } from '../../engine/convert/work-folder.ts';
import { failureOf } from '../failures.ts';
import { diskError } from './download/disk-error.ts';
import { freeBytesAt, requireWritable } from './download/disk-room.ts';
import { readPlan } from './download/download-plan.ts';
import { ModelDownload, type DownloadWorld } from './download/model-download.ts';
import type { Offer } from './download/offer.ts';
import { officialOffers } from './download/official-offers.ts';
import { ownOffer } from './download/own-offer.ts';
import { hardwareNeeds, miniParameters } from './hardware-needs.ts';
import type { ModelCatalogue } from './model-catalogue.ts';
import { precisionChoices } from './precision-choice.ts';
import { ModelConversions, type Convert } from './model-conversions.ts';

export interface ModelLibraryOptions {
  readonly catalogue: ModelCatalogue;
  readonly settings: () => Settings;
  readonly updateSettings: (patch: Partial<Settings>) => void;
  /** Where models are kept when the person has not chosen a folder. */
  readonly defaultFolder: string;
  readonly builtInFolders: readonly string[];
  readonly download: DownloadWorld;
  readonly convert: Convert;
  readonly publish: (event: AppEvent) => void;
  /** The model must not be in memory any more when its files go. */
  readonly unload: (modelId: string, signal: AbortSignal) => Promise<void>;
  readonly now: () => number;
  /** Default: those of Step-Audio 2. */
  readonly offers?: readonly Offer[];
}

/** Downloaded files lie here, below the folder of the models. */
const FILES_FOLDER = 'checkpoints';

/** Models on their way to this machine: the catalogue, downloads, conversions, and the folder that holds them. */
export class ModelLibrary {
  private readonly options: ModelLibraryOptions;
  private readonly downloads = new Map<string, ModelDownload>();
  private readonly conversions: ModelConversions;

  constructor(options: ModelLibraryOptions) {
    this.options = options;
    this.conversions = new ModelConversions(options.convert, options.now, (conversion, offerId) => {
      options.publish({ type: 'conversion', offerId, conversion });
      if (conversion.state === 'complete') options.publish({ type: 'library-changed' });
    });
  }

  /** Where packages are looked for, beside those that came with Sotto. */
  static packageFolders(settings: Settings, defaultFolder: string): string[] {
    const chosen = settings.models.folder ? [resolve(settings.models.folder)] : [];
    return [...new Set([...chosen, defaultFolder])].flatMap((folder) => [folder, join(folder, FILES_FOLDER)]);
  }

  async view(): Promise<LibraryView> {
    const { folder } = this;
    const offers = await Promise.all(this.offers.map((offer) => this.viewOffer(offer)));
    const builtIn = this.options.catalogue.list().filter((entry) => this.isBuiltIn(entry.folder));
    return {
      offers,
      conversions: this.conversions.unoffered,
      folder: await folderView(folder),
      builtInModelIds: builtIn.map(({ id }) => id),
    };
  }

  addOffer(address: string): string {
    const offer = ownOffer(address);
    const { models } = this.options.settings();
    const known = this.offers.find((one) => one.id === offer.id || isSameOrigin(one, offer));
    if (known) return known.id;
    this.options.updateSettings({ models: { ...models, own: [...models.own, address.trim()] } });
    this.options.publish({ type: 'library-changed' });
    return offer.id;
  }

  async removeOffer(offerId: string): Promise<void> {
    await this.downloadOf(offerId).pause();
    const { models } = this.options.settings();
    const own = models.own.filter((address) => validOffer(address)?.id !== offerId);
    this.options.updateSettings({ models: { ...models, own } });
    this.options.publish({ type: 'library-changed' });
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
    this.options.publish({ type: 'library-changed' });
  }

  /** Resolves once it is under way. Throws UserError. */
  async startConversion(
    source: { readonly offerId?: string | undefined; readonly folder?: string | undefined },
    precision: ConversionRequest['precision'],
  ): Promise<void> {
    const offer = source.offerId === undefined ? undefined : this.offer(source.offerId);
    const checkpointFolder = offer ? this.downloadOf(offer.id).folder : chosenFolder(source.folder ?? '');
    await requireWritable(this.folder);
    const name = offer?.id ?? packageName(basename(checkpointFolder));
    const suffix = precision === 'auto' ? '' : `-${precision}`;
    const id = `${name}${suffix}`;
    const identity = offer && { name: `${offer.name}${suffix && ` (${precision})`}`, ...factsOf(offer) };
    this.conversions.start(
      {
        checkpointFolder,
        outputFolder: join(this.folder, id),
        precision,
        provider: this.options.settings().provider,
        identity: { id, ...identity },
      },
      offer?.id,
    );
  }

  /** For a checkpoint that we do not know, the sizes of the official ones are taken. */
  choosePrecision(source: { readonly offerId?: string | undefined }) {
    if (source.offerId !== undefined) this.offer(source.offerId);
    return precisionChoices(hardwareNeeds(miniParameters), this.options.settings().provider);
  }

  pauseConversion(checkpointFolder: string): Promise<void> {
    return this.conversions.pause(checkpointFolder);
  }

  async discardConversion(checkpointFolder: string): Promise<void> {
    const conversion = await this.conversions.forget(checkpointFolder);
    const { outputFolder } = conversion ?? {};
    if (outputFolder && conversion?.state !== 'complete') discardConversion(outputFolder);
    this.options.publish({ type: 'library-changed' });
  }

  /** Throws UserError `model-built-in` or `model-missing`. */
  async removeModel(modelId: string, signal: AbortSignal): Promise<void> {
    const entry = this.options.catalogue.list().find(({ id }) => id === modelId);
    if (!entry) throw new UserError('model-missing', { model: modelId });
    if (!this.isKeptHere(entry.folder)) throw new UserError('model-built-in', { model: modelId });
    await this.options.unload(modelId, signal);
    await deleteFolder(entry.folder);
    this.options.publish({ type: 'library-changed' });
  }

  /** Before a folder becomes the setting. Throws UserError `file-not-writable`. */
  async checkFolder(folder: string): Promise<void> {
    if (folder) await requireWritable(chosenFolder(folder));
  }

  async close(): Promise<void> {
    await Promise.all([...this.downloads.values()].map((download) => download.pause()));
    await this.conversions.close();
  }

  private get folder(): string {
    const { folder } = this.options.settings().models;
    return folder ? resolve(folder) : this.options.defaultFolder;
  }

  private get offers(): readonly Offer[] {
    const own = this.options.settings().models.own.flatMap((address) => validOffer(address) ?? []);
    return [...(this.options.offers ?? officialOffers), ...own];
  }

  private offer(offerId: string): Offer {
    const offer = this.offers.find(({ id }) => id === offerId);
    if (!offer) throw new UserError('offer-missing', { offer: offerId });
    return offer;
  }

  /** One that runs stays where it is, though the person may have chosen another folder since. */
  private downloadOf(offerId: string): ModelDownload {
    const offer = this.offer(offerId);
    const parent = join(this.folder, FILES_FOLDER);
    const known = this.downloads.get(offerId);
    if (known && (known.isRunning || dirname(known.folder) === parent)) return known;
    const download = new ModelDownload(offer, parent, this.options.download, (news) => {
      this.options.publish({ type: 'download', offerId, download: news });
      if (news.state === 'complete') this.options.publish({ type: 'library-changed' });
    });
    this.downloads.set(offerId, download);
    return download;
  }

  private async viewOffer(offer: Offer): Promise<ModelOffer> {
    const download = this.downloadOf(offer.id);
    const status = await download.status();
    const plan = await readPlan(status.state === 'complete' ? download.folder : `${download.folder}.partial`);
    const isPackage = plan?.files.some(({ path }) => path === 'model.json');
    const isComplete = status.state === 'complete';
    const { knownFiles: _, ...about } = offer;
    return {
      ...about,
      languages: [...offer.languages],
      revision: plan?.revision || offer.revision,
      bytes: status.totalBytes || offer.bytes,
      kind: isPackage ? 'package' : plan || offer.official ? 'checkpoint' : 'unknown',
      sums: sumsOf(offer),
      needs: offer.official ? hardwareNeeds(miniParameters) : [],
      download: status,
      conversion: this.conversions.of(download.folder),
      folder: isComplete ? download.folder : undefined,
      modelIds: this.options.catalogue
        .list()
        .filter(({ id, folder }) => folder === download.folder || isMadeFrom(id, offer))
        .map(({ id }) => id),
    };
  }

  private isBuiltIn(folder: string): boolean {
    return this.options.builtInFolders.some((parent) => resolve(parent) === dirname(folder));
  }

  /** Directly inside one of the folders for packages, which alone we may delete from. */
  private isKeptHere(folder: string): boolean {
    const { settings, defaultFolder } = this.options;
    const parents = ModelLibrary.packageFolders(settings(), defaultFolder);
    return !this.isBuiltIn(folder) && parents.includes(dirname(folder));
  }
}

async function folderView(path: string): Promise<LibraryView['folder']> {
  try {
    await requireWritable(path);
    return { path, freeBytes: await freeBytesAt(path) };
  } catch (error) {
    return { path, failure: failureOf(error) };
  }
}

async function deleteFolder(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch (error) {
    throw diskError(error, folder);
  }
}

function chosenFolder(folder: string): string {
  if (!isAbsolute(folder)) throw new UserError('file-not-writable', { path: folder, reason: 'not a whole path' });
  return resolve(folder);
}

/** Addresses of the settings file may be anything. */
function validOffer(address: string): Offer | undefined {
  try {
    return ownOffer(address);
  } catch {
    return undefined;
  }
}

function isSameOrigin(one: Offer, other: Offer): boolean {
  return one.origin.toLowerCase() === other.origin.toLowerCase() && (!other.revision || one.revision === other.revision);
}

function isMadeFrom(modelId: string, { id }: Offer): boolean {
  return modelId === id || ['int4', 'float16', 'float32'].some((precision) => modelId === `${id}-${precision}`);
}

function sumsOf({ knownFiles }: Offer): ModelOffer['sums'] {
  return knownFiles.some(({ sum }) => sum) ? 'ours-and-server' : 'server';
}

function factsOf({ description, licence, revision }: Offer) {
  const version = revision.slice(0, 12);
  return { ...(description && { description }), ...(licence && { licence }), ...(version && { version }) };
}

function packageName(folderName: string): string {
  const name = folderName
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return name || 'model';
}
