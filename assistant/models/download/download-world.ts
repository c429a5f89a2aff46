import { setTimeout as wait } from 'node:timers/promises';
import type { Settings } from '../../../contract/settings.ts';
import { HttpClient } from './http-client.ts';
import type { DownloadWorld } from './model-download.ts';
import { usualPatience } from './patience.ts';
import type { Connections } from './proxy.ts';
import { publicHubs } from './sources-of-offer.ts';

const STALL_MS = 30_000;
/** Enough to fill a fast line from one server that limits each connection, and still polite. */
const CONNECTIONS = 6;
const RANGE_BYTES = 32 * 1024 * 1024;

/** How downloads go outside of tests. */
export function downloadWorld(
  connections: Connections,
  settings: () => Settings['models'],
  now: () => number,
  random: () => number,
): DownloadWorld {
  return {
    client: new HttpClient({ connections: () => connections.get(), stallMs: STALL_MS }),
    connections: CONNECTIONS,
    rangeBytes: RANGE_BYTES,
    patience: usualPatience,
    random,
    pause: (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
    hubs: publicHubs,
    settings,
    now,
  };
}
