import type { Settings } from '../../../contract/settings.ts';
import type { HttpClient } from './http-client.ts';
import { HuggingFaceSource } from './hugging-face-source.ts';
import { ModelScopeSource } from './model-scope-source.ts';
import type { Offer } from './offer.ts';
import { OwnAddressSource } from './own-address-source.ts';
import { isRepository } from './own-offer.ts';
import { PlainSource } from './plain-source.ts';
import type { Source } from './source.ts';

/** Addresses of the hubs, without a slash at the end. */
export interface Hubs {
  readonly huggingFace: string;
  readonly modelScope: string;
}

export const publicHubs: Hubs = {
  huggingFace: 'https://huggingface.co',
  modelScope: 'https://modelscope.cn',
};

/** Where an offer can be fetched, in the order in which to try. `revision` is a former download's, or the offer's. */
export function sourcesOf(
  offer: Offer,
  revision: string,
  { mirror, ownUrl, token }: Settings['models'],
  client: HttpClient,
  hubs: Hubs,
): Source[] {
  if (!isRepository(offer.origin)) return [new PlainSource(client, offer.origin, undefined)];
  const repository = offer.origin;
  const hub = { client, repository, revision };
  const ownBase = ownUrl.replace(/\/+$/, '');
  const huggingFace = () =>
    new HuggingFaceSource({ ...hub, base: hubs.huggingFace, token: token || undefined });
  const modelScope = () => new ModelScopeSource({ client, repository, base: hubs.modelScope });
  // The token belongs to Hugging Face, unless the person chose the other address for good.
  const own = () =>
    new OwnAddressSource({ ...hub, base: ownBase, token: (mirror === 'own' && token) || undefined });
  if (mirror === 'hugging-face') return [huggingFace()];
  if (mirror === 'modelscope') return [modelScope()];
  if (mirror === 'own' && ownBase) return [own()];
  return [...(ownBase ? [own()] : []), huggingFace(), modelScope()];
}
