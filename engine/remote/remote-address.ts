import { BlockList, isIP } from 'node:net';
import { UserError } from '../../contract/user-errors.ts';

/** Where a server with OpenAI-compatible chat is to be found. */
export interface RemoteAddress {
  /** Ends with `/v1/`. */
  readonly base: URL;
  /** For people: name and port, nothing secret. */
  readonly host: string;
  readonly isEncrypted: boolean;
}

const privateAddresses = new BlockList();
for (const [network, bits] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  privateAddresses.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  privateAddresses.addSubnet(network, bits, 'ipv6');

/** Whether an IP address belongs to this machine or to a private network (also those of VPNs that use 100.64/10). */
export function isPrivateAddress(address: string): boolean {
  const kind = isIP(address);
  if (kind === 0) return false;
  return privateAddresses.check(address, kind === 4 ? 'ipv4' : 'ipv6');
}

/** Names that only a network at home can mean; for those no proxy is asked. */
export function isNearbyName(name: string): boolean {
  if (isIP(name) !== 0) return isPrivateAddress(name);
  return !name.includes('.') || /\.(?:local|lan|home|internal|localdomain|home\.arpa)\.?$/i.test(name);
}

/**
 * The address as a person writes it: with or without `/v1`, or with the whole path of the chat.
 *
 * @throws UserError remote-address-wrong
 */
export function parseRemoteAddress(text: string): RemoteAddress {
  const wrong = (address: string) => new UserError('remote-address-wrong', { address });
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch (cause) {
    const address = text.trim().slice(0, 100);
    // What cannot be read may still hold a password.
    throw new UserError(
      'remote-address-wrong',
      { address: address.includes('@') ? '…' : address },
      { cause },
    );
  }
  // What stands before an @ is a secret, and must not get into messages.
  if (url.username !== '' || url.password !== '') throw wrong(`${url.protocol}//…@${url.host}`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw wrong(`${url.protocol}//${url.host}`);
  const path = url.pathname.replace(/\/+$/, '').replace(/\/chat\/completions$/, '');
  const base = new URL(`${path.endsWith('/v1') ? path : `${path}/v1`}/`, url.origin);
  return { base, host: url.host, isEncrypted: url.protocol === 'https:' };
}

/** The name or number in a URL, without the brackets of IPv6. */
export function bareHostname(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}
