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
  /** The system's dialog for a folder; undefined when nothing was chosen. `startPath` may be empty. */
  chooseFolder(startPath: string): Promise<string | undefined>;
}

/**
 * A browser gets its connection from the host that served the page. The page's address carries a one-time token
 * (`#token=TOKEN`); the page removes it from the address at once and trades it (`POST /session`, the token as body)
 * for a cookie that scripts cannot read, which also serves later reloads. Then it opens `ws://HOST/assistant`.
 * Messages are binary (contract/calls/binary-codec.ts).
 */
export const browserConnection = {
  sessionPath: '/session',
  path: '/assistant',
  fragmentKey: 'token',
} as const;
