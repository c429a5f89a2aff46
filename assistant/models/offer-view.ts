import { modelPrecision } from '../../contract/model-conversion.ts';
import type { Conversion, ModelOffer } from '../../contract/model-library.ts';
import type { Settings } from '../../contract/settings.ts';
import { readPlan } from './download/download-plan.ts';
import type { ModelDownload } from './download/model-download.ts';
import type { Offer } from './download/offer.ts';
import { hardwareNeeds, voiceNeeds } from './hardware-needs.ts';
import type { CatalogueEntry } from './model-catalogue.ts';
import { officialTensors } from './official-tensors.ts';

export interface OfferSurroundings {
  readonly download: ModelDownload;
  readonly conversion: Conversion | undefined;
  readonly installed: readonly CatalogueEntry[];
  readonly provider: Settings['provider'];
}

/** An offer as an interface shows it, with what has become of it on this machine. */
export async function viewOffer(offer: Offer, around: OfferSurroundings): Promise<ModelOffer> {
  const { download, conversion, installed, provider } = around;
  const status = await download.status();
  const isComplete = status.state === 'complete';
  const plan = await readPlan(isComplete ? download.folder : `${download.folder}.partial`);
  const isPackage = plan?.files.some(({ path }) => path === 'model.json');
  const { knownFiles, ...about } = offer;
  return {
    ...about,
    languages: [...offer.languages],
    revision: plan?.revision || offer.revision,
    bytes: status.totalBytes || offer.bytes,
    kind: isPackage ? 'package' : plan || offer.official ? 'checkpoint' : 'unknown',
    sums: knownFiles.some(({ sum }) => sum) ? 'ours-and-server' : 'server',
    needs: needsOf(offer, provider),
    download: status,
    conversion: isComplete ? conversion : undefined,
    folder: isComplete ? download.folder : undefined,
    modelIds: installed
      .filter(({ id, folder }) => folder === download.folder || isMadeFrom(id, offer))
      .map(({ id }) => id),
  };
}

/** What a conversion of an offer, or of a folder, is called. */
export function packageId(name: string, precision: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  return `${plain || 'model'}-${precision}`;
}

/** What a voice alone is called, whatever it was taken from. */
export function voicePackageId(name: string): string {
  return packageId(name.replace(/-voice$/i, ''), 'voice');
}

/** What conversions of an offer may be called. */
export function packageIdsOf({ id, voiceOnly }: Offer): string[] {
  if (voiceOnly) return [voicePackageId(id)];
  return modelPrecision.options.map((precision) => packageId(id, precision));
}

function isMadeFrom(modelId: string, offer: Offer): boolean {
  return packageIdsOf(offer).includes(modelId);
}

function needsOf({ official, voiceOnly }: Offer, provider: Settings['provider']): ModelOffer['needs'] {
  if (!official) return [];
  return voiceOnly ? voiceNeeds(officialTensors().speech) : hardwareNeeds(officialTensors(), provider);
}
