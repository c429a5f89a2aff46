import { globalShortcut } from 'electron';
import type { HotkeyStatus } from '../../contract/app-events.ts';
import type { Settings } from '../../contract/settings.ts';
import { parseAccelerator } from './accelerator.ts';
import { decideHold, type HoldState, type KeyEvent } from './hold-detector.ts';
import type { HoldSupport } from './hold-support.ts';

export interface GlobalKeyOptions {
  readonly support: () => HoldSupport;
  readonly watchKeyboard: (listener: (event: KeyEvent) => void) => () => void;
  readonly onPress: () => void;
  readonly onRelease: () => void;
  readonly isTalking: () => boolean;
}

/**
 * The push-to-talk key of the whole desktop: held where key-up can be had, pressed twice (toggle) otherwise.
 * `apply` again after a change of settings, after waking up and after unlocking, when systems drop such keys.
 */
export class GlobalKey {
  private current: HotkeyStatus = { mode: 'none', accelerator: '', reason: 'not-started' };
  private release: () => void = () => {};
  private readonly listeners = new Set<() => void>();
  private readonly options: GlobalKeyOptions;

  constructor(options: GlobalKeyOptions) {
    this.options = options;
  }

  status(): HotkeyStatus {
    return this.current;
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  apply({ hotkey, hotkeyMode }: Pick<Settings, 'hotkey' | 'hotkeyMode'>): void {
    this.release();
    this.release = () => {};
    const support = this.options.support();
    const wantsHold = hotkeyMode !== 'toggle';
    const held = wantsHold && support.canHold ? this.tryHold(hotkey) : support.reason;
    const reason = wantsHold ? held : 'chosen';
    if (wantsHold && reason === '') this.tell({ mode: 'hold', accelerator: hotkey, reason: '' });
    else if (this.tryToggle(hotkey)) this.tell({ mode: 'toggle', accelerator: hotkey, reason });
    else this.tell({ mode: 'none', accelerator: hotkey, reason: 'taken' });
  }

  stop(): void {
    this.release();
    this.release = () => {};
  }

  /** Empty when it worked, else why not. */
  private tryHold(hotkey: string): string {
    const accelerator = parseAccelerator(hotkey, process.platform);
    if (!accelerator) return 'unknown-key';
    let state: HoldState = 'released';
    try {
      const unwatch = this.options.watchKeyboard((event) => {
        const decision = decideHold(state, event, accelerator);
        state = decision.state;
        if (decision.signal === 'press') this.options.onPress();
        if (decision.signal === 'release') this.options.onRelease();
      });
      this.release = () => {
        unwatch();
        if (state === 'held') this.options.onRelease();
      };
      return '';
    } catch {
      return 'keyboard-hook';
    }
  }

  private tryToggle(hotkey: string): boolean {
    const toggle = (): void => (this.options.isTalking() ? this.options.onRelease() : this.options.onPress());
    try {
      if (!globalShortcut.register(hotkey, toggle)) return false;
    } catch {
      return false;
    }
    this.release = () => {
      globalShortcut.unregister(hotkey);
      if (this.options.isTalking()) this.options.onRelease();
    };
    return true;
  }

  private tell(status: HotkeyStatus): void {
    this.current = status;
    for (const listener of this.listeners) listener();
  }
}
