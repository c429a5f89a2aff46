export interface HoldSupport {
  readonly canHold: boolean;
  /** Why not, in words for the settings page; empty when it can. */
  readonly reason: string;
}

/** Facts about the session; injected so that the decision can be tested. */
export interface SessionFacts {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** macOS: whether the person trusted this app for accessibility. */
  readonly isTrusted: () => boolean;
}

/**
 * Whether key-up can be had from anywhere on this system. Without a display the keyboard hook would abort the whole
 * process, and on Wayland it sees only windows of the X compatibility layer, so neither is tried.
 */
export function holdSupport({ platform, environment, isTrusted }: SessionFacts): HoldSupport {
  if (platform === 'darwin' && !isTrusted()) return { canHold: false, reason: 'accessibility-permission' };
  if (platform !== 'linux') return { canHold: true, reason: '' };
  if (environment['XDG_SESSION_TYPE'] === 'wayland' || environment['WAYLAND_DISPLAY'])
    return { canHold: false, reason: 'wayland' };
  return environment['DISPLAY'] ? { canHold: true, reason: '' } : { canHold: false, reason: 'no-display' };
}
