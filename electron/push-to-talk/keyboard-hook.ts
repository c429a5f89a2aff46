import { createRequire } from 'node:module';
import type { KeyEvent } from './hold-detector.ts';

/** What is used of uiohook-napi; loaded late, because merely starting it without a display aborts the process. */
interface HookModule {
  readonly uIOhook: {
    on(type: 'keydown' | 'keyup', listener: (event: HookEvent) => void): void;
    off(type: 'keydown' | 'keyup', listener: (event: HookEvent) => void): void;
    start(): void;
    stop(): void;
  };
  readonly UiohookKey: Readonly<Record<string, number>>;
}
interface HookEvent {
  readonly keycode: number;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

/** uiohook's names where they differ from the accelerator's. */
const acceleratorNames: Readonly<Record<string, string>> = {
  Ctrl: 'Control',
  CtrlRight: 'Control',
  AltRight: 'Alt',
  ShiftRight: 'Shift',
  MetaRight: 'Meta',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  Enter: 'Return',
};

/** Every key that goes down or up anywhere, until the returned function is called. */
export function watchKeyboard(
  listener: (event: KeyEvent) => void,
  load: () => HookModule = loadHook,
): () => void {
  const { uIOhook, UiohookKey } = load();
  const names = new Map(
    Object.entries(UiohookKey).map(([name, code]) => [code, acceleratorNames[name] ?? name]),
  );
  const forward = (type: KeyEvent['type']) => (event: HookEvent) =>
    listener({
      type,
      key: names.get(event.keycode) ?? '',
      control: event.ctrlKey,
      alt: event.altKey,
      shift: event.shiftKey,
      meta: event.metaKey,
    });
  const down = forward('down');
  const up = forward('up');
  uIOhook.on('keydown', down);
  uIOhook.on('keyup', up);
  uIOhook.start();
  return () => {
    uIOhook.off('keydown', down);
    uIOhook.off('keyup', up);
    uIOhook.stop();
  };
}

function loadHook(): HookModule {
  return createRequire(import.meta.url)('uiohook-napi') as HookModule;
}
