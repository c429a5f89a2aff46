import { BrowserWindow, nativeTheme } from 'electron';
import { rendererAddress } from './renderer-origin.ts';

export interface MainWindowOptions {
  readonly preloadPath: string;
  readonly iconPath: string;
  /** True once the app is really ending; until then closing the window only hides it. */
  readonly isQuitting: () => boolean;
  /** Started at login: no window until somebody asks for it. */
  readonly startHidden: boolean;
}

/** The one window. Closing it leaves Sotto in the tray; it keeps playing and listening for the key while hidden. */
export function createMainWindow(options: MainWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: 900,
    height: 720,
    minWidth: 380,
    minHeight: 480,
    show: false,
    icon: options.iconPath,
    title: 'Sotto',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#1b1816' : '#faf7f2',
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preloadPath,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
      backgroundThrottling: false,
      autoplayPolicy: 'no-user-gesture-required',
    },
  });
  window.on('close', (event) => {
    if (options.isQuitting()) return;
    event.preventDefault();
    window.hide();
  });
  if (!options.startHidden) window.once('ready-to-show', () => window.show());
  void window.loadURL(rendererAddress);
  return window;
}

/** Brings the window to the front, from the tray, a second start or a notification. */
export function showWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
