import * as electron from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Assistant } from '../../contract/assistant-contract.ts';
import { connectAssistant } from '../../contract/calls/assistant-calls.ts';
import { lockNavigation, restrictPermissions } from '../../electron/guards.ts';
import { createMainWindow, showWindow } from '../../electron/main-window.ts';
import { GlobalKey } from '../../electron/push-to-talk/global-key.ts';
import { isRendererAddress, rendererAddress } from '../../electron/renderer-origin.ts';
import { contentSecurityPolicy, fileBelow } from '../../electron/renderer-protocol.ts';
import { connectRequest, offerPorts, portChannel } from '../../electron/renderer-port.ts';
import { autostartEntry } from '../../electron/start-at-login.ts';
import { AppTray } from '../../electron/tray.ts';
import { shellWords } from '../../electron/words.ts';
import {
  FakeBrowserWindow,
  FakeMessageChannel,
  FakeTray,
  FakeWebContents,
  type FakeElectron,
} from './fake-electron.ts';

vi.mock('electron', async () => (await import('./fake-electron.ts')).fakeElectron());
const fake = electron as unknown as FakeElectron;

beforeEach(() => {
  fake.app.removeAllListeners();
  fake.ipcMain.removeAllListeners();
  fake.globalShortcut.shortcuts.clear();
});

const windowOptions = {
  preloadPath: '/p.cjs',
  iconPath: '/i.png',
  isQuitting: () => false,
  startHidden: false,
};

test('the window is isolated, sandboxed and shows our own page', () => {
  createMainWindow(windowOptions);
  const window = FakeBrowserWindow.last!;
  expect(window.options.webPreferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  });
  expect(window.address).toBe(rendererAddress);
});

test('closing the window hides it until the app really quits', () => {
  let quitting = false;
  createMainWindow({ ...windowOptions, isQuitting: () => quitting });
  const window = FakeBrowserWindow.last!;
  const close = (): boolean => {
    const event = { preventDefault: vi.fn() };
    window.emit('close', event);
    return event.preventDefault.mock.calls.length > 0;
  };
  expect(close()).toBe(true);
  expect(window.hide).toHaveBeenCalledOnce();
  quitting = true;
  expect(close()).toBe(false);
});

test('a start at login shows no window until it is asked for', () => {
  const window = createMainWindow({ ...windowOptions, startHidden: true });
  FakeBrowserWindow.last!.emit('ready-to-show');
  expect(window.isVisible()).toBe(false);
  showWindow(window);
  expect(window.isVisible()).toBe(true);
});

test('no page leaves our address, opens a window or embeds another page', () => {
  lockNavigation();
  const contents = new FakeWebContents();
  fake.app.emit('web-contents-created', {}, contents);
  const prevented = (name: string, url: string): boolean => {
    const event = { url, preventDefault: vi.fn() };
    contents.emit(name, event);
    return event.preventDefault.mock.calls.length > 0;
  };
  expect(prevented('will-navigate', 'https://example.org/')).toBe(true);
  expect(prevented('will-navigate', 'sotto://apple.example/')).toBe(true);
  expect(prevented('will-navigate', rendererAddress)).toBe(false);
  expect(prevented('will-attach-webview', rendererAddress)).toBe(true);
  expect(contents.windowOpenHandler?.({ url: 'https://example.org/' })).toEqual({ action: 'deny' });
});

test('our page may have the microphone and a loudspeaker, and nobody anything else', async () => {
  type Handler = (
    contents: unknown,
    permission: string,
    decide: (granted: boolean) => void,
    details: object,
  ) => void;
  let ask: Handler = () => {};
  let check: (contents: unknown, permission: string, origin: string, details: object) => boolean = () => true;
  const session = {
    setPermissionRequestHandler: (handler: Handler) => (ask = handler),
    setPermissionCheckHandler: (handler: typeof check) => (check = handler),
    setDevicePermissionHandler: vi.fn(),
  };
  restrictPermissions(session as unknown as electron.Session, async () => true);
  const asked = (permission: string, requestingUrl: string, mediaTypes?: string[]): Promise<boolean> =>
    new Promise((resolve) => ask({}, permission, resolve, { requestingUrl, mediaTypes }));
  expect(await asked('media', rendererAddress, ['audio'])).toBe(true);
  expect(await asked('media', rendererAddress, ['audio', 'video'])).toBe(false);
  expect(await asked('media', 'https://example.org/', ['audio'])).toBe(false);
  expect(await asked('geolocation', rendererAddress)).toBe(false);
  expect(check({}, 'media', 'sotto://app/', { mediaType: 'audio' })).toBe(true);
  expect(check({}, 'media', 'sotto://app/', { mediaType: 'video' })).toBe(false);
  expect(check({}, 'notifications', 'sotto://app/', {})).toBe(false);
});

test('the page’s scheme reaches files of the renderer and none outside it', () => {
  expect(fileBelow('/app/renderer', 'sotto://app/')).toBe('/app/renderer/index.html');
  expect(fileBelow('/app/renderer', 'sotto://app/assets/a.js')).toBe('/app/renderer/assets/a.js');
  for (const address of [
    'sotto://app/..%2f..%2fetc/passwd',
    'sotto://other/index.html',
    'sotto://app/%00',
    'sotto://app/%zz',
  ])
    expect(fileBelow('/app/renderer', address), address).toBeUndefined();
  expect(fileBelow('/app/renderer', 'sotto://app/%2e%2e/secret')).toBe('/app/renderer/secret');
  expect(contentSecurityPolicy).not.toContain('unsafe');
  expect(isRendererAddress('sotto://app.evil/')).toBe(false);
});

test('a port is given to our page’s main frame only, and calls cross it', async () => {
  const contents = new FakeWebContents();
  const assistant = { newConversation: async () => undefined } as unknown as Assistant;
  offerPorts(contents as unknown as electron.WebContents, assistant, () => {});
  const ask = (senderFrame: object | null, sender: unknown = contents): void =>
    void fake.ipcMain.emit(connectRequest, { sender, senderFrame });
  ask({ url: 'https://example.org/', parent: null });
  ask({ url: rendererAddress, parent: {} });
  ask(null);
  ask({ url: rendererAddress, parent: null }, new FakeWebContents());
  expect(contents.posted).toEqual([]);
  ask({ url: rendererAddress, parent: null });
  expect(contents.posted).toHaveLength(1);
  const port = FakeMessageChannel.last!.port2 as unknown as electron.MessagePortMain;
  const client = connectAssistant(portChannel(port));
  await expect(client.newConversation({}, new AbortController().signal)).resolves.toBeUndefined();
});

test('a reload closes the former port', () => {
  const contents = new FakeWebContents();
  offerPorts(contents as unknown as electron.WebContents, {} as Assistant, () => {});
  const ask = (): void =>
    void fake.ipcMain.emit(connectRequest, {
      sender: contents,
      senderFrame: { url: rendererAddress, parent: null },
    });
  ask();
  const closed = vi.fn();
  FakeMessageChannel.last!.port2.on('close', closed);
  ask();
  expect(closed).toHaveBeenCalledOnce();
});

test('the tray says what Sotto does, in the person’s language', () => {
  const actions = { open: vi.fn(), stop: vi.fn(), quit: vi.fn() };
  const tray = new AppTray('/icons', actions);
  tray.show('speaking', shellWords('zh-CN', 'en'));
  expect(FakeTray.last!.tooltip).toContain('正在回答');
  expect(FakeTray.last!.image).toContain('tray-speaking');
  const labels = FakeTray.last!.menu.map((item) => item.label).filter(Boolean);
  expect(labels).toEqual(['正在回答', '打开 Sotto', '停止', '退出 Sotto']);
  FakeTray.last!.menu.find((item) => item.label === '停止')?.click?.(
    undefined as never,
    undefined as never,
    undefined as never,
  );
  expect(actions.stop).toHaveBeenCalledOnce();
});

test('the key is held where it can be, toggled where it cannot, and says why', () => {
  const signals: string[] = [];
  let talking = false;
  const key = new GlobalKey({
    support: () => ({ canHold: false, reason: 'wayland' }),
    watchKeyboard: () => () => {},
    onPress: () => (signals.push('press'), (talking = true)),
    onRelease: () => (signals.push('release'), (talking = false)),
    isTalking: () => talking,
  });
  key.apply({ hotkey: 'Control+Alt+Space', hotkeyMode: 'auto' });
  expect(key.status()).toEqual({ mode: 'toggle', accelerator: 'Control+Alt+Space', reason: 'wayland' });
  fake.globalShortcut.shortcuts.get('Control+Alt+Space')?.();
  fake.globalShortcut.shortcuts.get('Control+Alt+Space')?.();
  expect(signals).toEqual(['press', 'release']);
  key.stop();
  expect(fake.globalShortcut.shortcuts.size).toBe(0);
});

test('a key that another program has taken is reported, not ignored', () => {
  fake.globalShortcut.shortcuts.set('F9', () => {});
  const key = new GlobalKey({
    support: () => ({ canHold: true, reason: '' }),
    watchKeyboard: () => {
      throw new Error('no hook');
    },
    onPress: () => {},
    onRelease: () => {},
    isTalking: () => false,
  });
  key.apply({ hotkey: 'F9', hotkeyMode: 'hold' });
  expect(key.status()).toMatchObject({ mode: 'none', reason: 'taken' });
});

test('the autostart entry quotes a path with blanks and signs', () => {
  expect(autostartEntry('/home/me/My "Apps"/sotto$1 100%')).toContain(
    'Exec="/home/me/My \\"Apps\\"/sotto\\$1 100%%" --hidden',
  );
});
