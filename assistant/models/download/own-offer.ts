import { isHttpAddress } from '../../../contract/http-address.ts';
import { UserError } from '../../../contract/user-errors.ts';
import type { Offer } from './offer.ts';

const repository = /^[\w][\w.-]{0,95}\/[\w][\w.-]{0,95}$/;
const hubs = ['huggingface.co', 'www.huggingface.co', 'hf.co'];
const modelScopes = ['modelscope.cn', 'www.modelscope.cn'];

/** An offer from what a person typed: `owner/name`, a model's page, or a folder. Throws UserError. */
export function ownOffer(text: string): Offer {
  const address = text.trim();
  if (repository.test(address)) return offerOf(address, '');
  if (!isHttpAddress(address)) throw new UserError('address-not-understood', { address });
  const url = new URL(address);
  if (url.username || url.password) throw new UserError('address-not-understood', { address: url.host });
  const steps = url.pathname.split('/').filter(Boolean);
  if (hubs.includes(url.host)) {
    const [owner = '', name = '', kind, revision = ''] = steps;
    if (!repository.test(`${owner}/${name}`)) throw new UserError('address-not-understood', { address });
    return offerOf(`${owner}/${name}`, kind === 'tree' ? decodeURIComponent(revision) : '');
  }
  if (modelScopes.includes(url.host) && steps[0] === 'models') {
    const [, owner = '', name = ''] = steps;
    if (repository.test(`${owner}/${name}`)) return offerOf(`${owner}/${name}`, '');
  }
  url.hash = '';
  return offerOf(url.href, '');
}

/** True where the offer is a repository of a hub, false where it is the address of a folder. */
export function isRepository(origin: string): boolean {
  return repository.test(origin);
}

function offerOf(origin: string, revision: string): Offer {
  const name = isRepository(origin)
    ? (origin.split('/')[1] as string)
    : decodeURIComponent(new URL(origin).pathname.split('/').filter(Boolean).at(-1) ?? new URL(origin).host);
  const plain = `${origin.replace(/^https?:\/\//, '')} ${revision}`;
  const slug = plain
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 120);
  return {
    id: `own-${slug}`,
    name,
    description: '',
    official: false,
    origin,
    revision,
    licence: '',
    languages: [],
    bytes: 0,
    knownFiles: [],
  };
}
