import { lookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { getCACertificates } from 'node:tls';
import { Agent, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import type { RemoteModel } from '../../contract/engine-contract.ts';
import { bareHostname, isNearbyName, isPrivateAddress, type RemoteAddress } from './remote-address.ts';
import { notPrivateCode, RemoteError } from './remote-error.ts';

/** How long to wait for what, in milliseconds. */
export interface Patience {
  readonly connectMs: number;
  /** Until the answer begins: the other machine reads the whole conversation first. */
  readonly beginMs: number;
  /** Between two pieces of an answer. */
  readonly pieceMs: number;
}
export const usualPatience: Patience = { connectMs: 10_000, beginMs: 60_000, pieceMs: 30_000 };

/**
 * Connections to the one server that the person chose. Without encryption they lead to private addresses only, however
 * a name is resolved at the time, unless the person allowed otherwise. The system's certificates are trusted too.
 *
 * @throws UserError remote-not-private
 */
export function openConnections(
  address: RemoteAddress,
  remote: Pick<RemoteModel, 'allowPlainHttp' | 'proxy'>,
  patience: Patience,
): Dispatcher {
  const name = bareHostname(address.base);
  const mustBePrivate = !address.isEncrypted && !remote.allowPlainHttp;
  const goesStraight = isNearbyName(name) || !usesProxy(remote.proxy);
  // A name is judged by what it resolves to, which only a proxy knows when there is one.
  const mayGo = isIP(name) === 0 ? goesStraight : isPrivateAddress(name);
  if (mustBePrivate && !mayGo) throw new RemoteError('remote-not-private', { host: address.host });
  const ca = address.isEncrypted
    ? [...getCACertificates('default'), ...getCACertificates('system')]
    : undefined;
  const options: Agent.Options = {
    headersTimeout: patience.beginMs,
    bodyTimeout: patience.pieceMs,
    connect: { timeout: patience.connectMs, ca, lookup: mustBePrivate ? privateLookup : undefined },
  };
  if (goesStraight) return new Agent(options);
  const given = remote.proxy === '' ? {} : { httpProxy: remote.proxy, httpsProxy: remote.proxy, noProxy: '' };
  return new EnvHttpProxyAgent({ ...options, ...given, requestTls: { ca } });
}

function usesProxy(proxy: string): boolean {
  if (proxy !== '') return proxy !== 'none';
  return Object.entries(process.env).some(([name, value]) => /^https?_proxy$/i.test(name) && value !== '');
}

/** Resolves a name, and refuses when any of its addresses is a public one. */
const privateLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, '', 0);
    const isPublic = (found as LookupAddress[]).some(({ address }) => !isPrivateAddress(address));
    if (isPublic) {
      return callback(Object.assign(new Error('not a private address'), { code: notPrivateCode }), '', 0);
    }
    if (options.all) return callback(null, found);
    const [{ address, family } = { address: '', family: 0 }] = found as LookupAddress[];
    return callback(null, address, family);
  });
};
