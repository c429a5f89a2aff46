import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, fetch as undiciFetch, type Dispatcher } from 'undici';
import { bareHostname, isNearbyName } from '../../engine/remote/remote-address.ts';
import { decodePage } from './decode-page.ts';
import { isPublicAddress } from './public-address.ts';

/** Everything that a test decides for itself. */
export interface PageWorld {
  /** Whether a page may be fetched from this IP address. */
  readonly allows: (address: string) => boolean;
  readonly lookup: LookupFunction;
  readonly patienceMs: number;
  /** An HTTP proxy that the person set: it looks names up, and so only names that are nearby can be refused here. */
  readonly proxy?: () => Dispatcher | undefined;
}

export interface FetchedPage {
  /** After redirects. */
  readonly address: string;
  readonly kind: 'html' | 'text';
  readonly text: string;
}

export const realPageWorld: PageWorld = {
  allows: isPublicAddress,
  lookup: systemLookup as unknown as LookupFunction,
  patienceMs: 7000,
};

const MOST_REDIRECTS = 4;
const LARGEST_PAGE_BYTES = 2_000_000;
const READABLE = /^(?:text\/(?:html|plain|markdown)|application\/xhtml\+xml)\b/i;

/** Why a page was left aside; nobody is told, the other pages answer. */
export class PageRefused extends Error {}

/**
 * Fetches one page of the open web: no address of this machine or of its networks (looked up names included, at the
 * moment of connecting), no cookies, a bounded number of redirects, bytes and seconds, and only what is text.
 */
export class PageFetcher {
  readonly #world: PageWorld;
  readonly #connections: Dispatcher;

  constructor(world: Partial<PageWorld> = {}) {
    this.#world = { ...realPageWorld, ...world };
    this.#connections = new Agent({
      connect: { lookup: guarded(this.#world), timeout: this.#world.patienceMs },
    });
  }

  async fetch(address: string, signal: AbortSignal): Promise<FetchedPage> {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(this.#world.patienceMs)]);
    let at = this.#allowed(address);
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      const response = await undiciFetch(at, {
        dispatcher: this.#world.proxy?.() ?? this.#connections,
        redirect: 'manual',
        signal: bounded,
        headers: {
          accept: 'text/html, text/plain;q=0.9',
          'user-agent': 'Sotto (reads one page for one person)',
        },
      });
      const next = response.headers.get('location');
      if (response.status >= 300 && response.status < 400 && next) {
        await response.body?.cancel();
        at = this.#allowed(next, at);
        continue;
      }
      const type = response.headers.get('content-type') ?? '';
      if (!response.ok || !READABLE.test(type)) {
        await response.body?.cancel();
        throw new PageRefused(
          response.ok ? `a page of type ${type.slice(0, 60)}` : `status ${response.status}`,
        );
      }
      const bytes = await readAtMost(response.body as AsyncIterable<Uint8Array> | null, LARGEST_PAGE_BYTES);
      const kind = /html/i.test(type) ? 'html' : 'text';
      return { address: at.href, kind, text: decodePage(bytes, type) };
    }
    throw new PageRefused('too many redirects');
  }

  close(): void {
    this.#connections.destroy().catch(() => {});
  }

  #allowed(address: string, base?: URL): URL {
    if (!URL.canParse(address, base?.href)) throw new PageRefused('not an address');
    const url = new URL(address, base);
    const name = bareHostname(url);
    const isWeb = url.protocol === 'https:' || (url.protocol === 'http:' && base?.protocol !== 'https:');
    if (!isWeb || url.username || url.password) throw new PageRefused('not an address of the web');
    const isNumber = isIP(name) !== 0;
    if (isNumber ? !this.#world.allows(name) : isNearbyName(name) || name === 'localhost')
      throw new PageRefused('an address of this machine or its network');
    return url;
  }
}

/** Looks a name up and lets only addresses through that are allowed; so a name cannot change its mind in between. */
function guarded({ lookup, allows }: PageWorld): LookupFunction {
  return (name, options, done) =>
    lookup(name, options, (error, found, family) => {
      if (error) return done(error, found, family);
      const all = typeof found === 'string' ? [found] : found.map(({ address }) => address);
      if (all.length > 0 && all.every(allows)) return done(null, found, family);
      return done(new PageRefused('an address of this machine or its network'), found, family);
    });
}

/** What comes after the limit is left away. Counted after decompression. */
async function readAtMost(body: AsyncIterable<Uint8Array> | null, most: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body ?? []) {
    pieces.push(piece.subarray(0, most - bytes));
    bytes += piece.length;
    if (bytes >= most) break;
  }
  return Buffer.concat(pieces);
}
