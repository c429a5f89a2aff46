import { EventEmitter } from 'node:events';
import { vi } from 'vitest';
import type * as Electron from 'electron';

/**
 * A stand-in for the parts of Electron that the shell uses, typed against Electron's own declarations where they
 * describe data, with every call recorded. Used through `vi.mock('electron', ...)`.
 */
export class FakeWebContents extends EventEmitter {
  readonly posted: { channel: string; ports: unknown[] }[] = [];
  readonly sent: unknown[][] = [];
  windowOpenHandler: ((details: { url: string }) => { action: 'allow' | 'deny' }) | undefined;
  setWindowOpenHandler(handler: FakeWebContents['windowOpenHandler']): void {
    this.windowOpenHandler = handler;
  }
  postMessage(channel: string, _message: unknown, ports: unknown[]): void {
    this.posted.push({ channel, ports });
  }
  send(...message: unknown[]): void {
    this.sent.push(message);
  }
}

type InvokeHandler = (event: object, ...given: unknown[]) => unknown;

export class FakeIpcMain extends EventEmitter {
  readonly handlers = new Map<string, InvokeHandler>();
  handle(channel: string, handler: InvokeHandler): void {
    if (this.handlers.has(channel)) throw new Error(`${channel} has a handler`);
    this.handlers.set(channel, handler);
  }
  async invoke(channel: string, event: object, ...given: unknown[]): Promise<unknown> {
    return this.handlers.get(channel)?.(event, ...given);
  }
}

export class FakeBrowserWindow extends EventEmitter {
  static last: FakeBrowserWindow | undefined;
  readonly webContents = new FakeWebContents();
  readonly options: Electron.BrowserWindowConstructorOptions;
  address = '';
  visible = false;
  minimized = false;
  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.options = options;
    FakeBrowserWindow.last = this;
  }
  loadURL(address: string): Promise<void> {
    this.address = address;
    return Promise.resolve();
  }
  show = vi.fn(() => (this.visible = true));
  hide = vi.fn(() => (this.visible = false));
  focus = vi.fn();
  restore = vi.fn(() => (this.minimized = false));
  isVisible = (): boolean => this.visible;
  isMinimized = (): boolean => this.minimized;
}

export class FakePort extends EventEmitter {
  other: FakePort | undefined;
  start = vi.fn();
  postMessage(data: unknown): void {
    const copy: unknown = structuredClone(data);
    queueMicrotask(() => this.other?.emit('message', { data: copy }));
  }
  close(): void {
    this.emit('close');
    this.other?.emit('close');
  }
}

export class FakeMessageChannel {
  static last: FakeMessageChannel | undefined;
  readonly port1 = new FakePort();
  readonly port2 = new FakePort();
  constructor() {
    this.port1.other = this.port2;
    this.port2.other = this.port1;
    FakeMessageChannel.last = this;
  }
}

export class FakeTray extends EventEmitter {
  static last: FakeTray | undefined;
  tooltip = '';
  image = '';
  menu: Electron.MenuItemConstructorOptions[] = [];
  constructor(image: { path: string }) {
    super();
    this.image = image.path;
    FakeTray.last = this;
  }
  setImage(image: { path: string }): void {
    this.image = image.path;
  }
  setToolTip(text: string): void {
    this.tooltip = text;
  }
  setContextMenu(menu: Electron.MenuItemConstructorOptions[]): void {
    this.menu = menu;
  }
  destroy = vi.fn();
}

export function fakeElectron() {
  const shortcuts = new Map<string, () => void>();
  return {
    app: Object.assign(new EventEmitter(), {
      isPackaged: false,
      getAppPath: () => '/sotto',
      setLoginItemSettings: vi.fn(),
    }),
    ipcMain: new FakeIpcMain(),
    dialog: {
      showOpenDialog: vi.fn<(...shown: unknown[]) => Promise<Electron.OpenDialogReturnValue>>(),
    },
    nativeTheme: { shouldUseDarkColors: false },
    nativeImage: { createFromPath: (path: string) => ({ path }) },
    BrowserWindow: FakeBrowserWindow,
    MessageChannelMain: FakeMessageChannel,
    Tray: FakeTray,
    Menu: { buildFromTemplate: (template: Electron.MenuItemConstructorOptions[]) => template },
    protocol: { registerSchemesAsPrivileged: vi.fn(), handle: vi.fn() },
    net: { fetch: vi.fn() },
    globalShortcut: {
      shortcuts,
      register: (accelerator: string, pressed: () => void): boolean => {
        if (shortcuts.has(accelerator)) return false;
        shortcuts.set(accelerator, pressed);
        return true;
      },
      unregister: (accelerator: string) => shortcuts.delete(accelerator),
    },
  };
}
export type FakeElectron = ReturnType<typeof fakeElectron>;
