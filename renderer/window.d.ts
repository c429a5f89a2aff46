import type { SottoBridge } from '../contract/bridge.ts';

declare global {
  interface Window {
    /** Present in Electron only. */
    readonly sotto?: SottoBridge;
  }
}
