import type { Channel } from './channel.ts';

/**
 * What the Electron preload offers the page as `window.sotto`. A MessagePort cannot cross the context bridge,
 * so `connect` resolves to an object of plain functions around it. Absent in a browser.
 */
export interface SottoBridge {
  /** Asks the main process for a fresh port; the former one is closed. */
  connect(): Promise<Channel>;
  /**
   * The global push-to-talk key went down or up while the window is open: the page records
   * (echo cancellation). While the window is hidden the main process records and this stays silent.
   */
  onTalkKey(listener: (pressed: boolean) => void): () => void;
}

/**
 * A browser gets its connection from the host that served the page:
 * `ws://HOST/connection` with the sub-protocols `['sotto', TOKEN]`. The token arrives in the page's
 * address as `#token=TOKEN` and is removed from it at once. Messages are binary (contract/calls/binary-codec.ts).
 */
export const browserConnection = { path: '/connection', protocol: 'sotto', fragmentKey: 'token' } as const;
