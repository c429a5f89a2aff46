import { app, powerMonitor, session, systemPreferences } from 'electron';
import { join } from 'node:path';
import type { AppEvent, AppState } from '../contract/app-events.ts';
import { startAssistant, type RunningAssistant } from '../assistant/start-assistant.ts';
import { appPaths } from './app-paths.ts';
import { offerFolderDialog } from './folder-dialog.ts';
import { lockNavigation, restrictPermissions } from './guards.ts';
import { createMainWindow, showWindow } from './main-window.ts';
import { notifyDue, notifyFailure } from './notifications.ts';
import { BackgroundMicrophone } from './push-to-talk/background-microphone.ts';
import { GlobalKey } from './push-to-talk/global-key.ts';
import { holdSupport } from './push-to-talk/hold-support.ts';
import { watchKeyboard } from './push-to-talk/keyboard-hook.ts';
import { TalkSession } from './push-to-talk/talk-session.ts';
import { declareRendererScheme, serveRenderer } from './renderer-protocol.ts';
import { offerPorts, talkKeyMessage } from './renderer-port.ts';
import { setStartAtLogin } from './start-at-login.ts';
import { AppTray } from './tray.ts';
import { shellWords } from './words.ts';

declareRendererScheme();
app.enableSandbox();
if (app.requestSingleInstanceLock()) void app.whenReady().then(openApp);
else app.quit();

async function openApp(): Promise<void> {
  const paths = appPaths();
  lockNavigation();
  restrictPermissions(session.defaultSession, askForMicrophone);
  serveRenderer(paths.renderer);

  const talk: { session?: TalkSession } = {};
  const key = new GlobalKey({
    support: () =>
      holdSupport({
        platform: process.platform,
        environment: process.env,
        isTrusted: () => systemPreferences.isTrustedAccessibilityClient(false),
      }),
    watchKeyboard,
    onPress: () => talk.session?.press(),
    onRelease: () => talk.session?.release(),
    isTalking: () => talk.session?.isTalking ?? false,
  });
  const running = await startAssistant({
    shell: 'electron',
    version: app.getVersion(),
    modelsFolders: [paths.models],
    resourcesFolder: paths.resources,
    nodeBinary: paths.nodeBinary,
    engineMain: paths.engineMain,
    hotkey: key,
    report,
  });

  let quitting = false;
  const window = createMainWindow({
    preloadPath: paths.preload,
    iconPath: join(paths.resources, 'icons', 'icon.png'),
    isQuitting: () => quitting,
    startHidden: process.argv.includes('--hidden'),
  });
  const open = (): void => showWindow(window);
  offerPorts(window.webContents, running.assistant, report);
  talk.session = new TalkSession({
    assistant: running.assistant,
    microphone: new BackgroundMicrophone({
      pulseRecorderPath:
        process.platform === 'linux' ? join(paths.resources, 'recorders', 'parecord.cjs') : '',
    }),
    isWindowOpen: () => window.isVisible() && !window.isMinimized(),
    tellPage: (pressed) => window.webContents.send(talkKeyMessage, pressed),
    onFailure: (error) => notifyFailure(error, words(), open),
  });

  let state: AppState = await running.assistant.getState({}, new AbortController().signal);
  const words = (): ReturnType<typeof shellWords> => shellWords(state.settings.language, app.getLocale());
  offerFolderDialog(window, () => words().chooseFolder);
  const tray = new AppTray(join(paths.resources, 'icons'), {
    open,
    stop: () => void running.assistant.stop({}, new AbortController().signal),
    quit: () => app.quit(),
  });
  let applied = '';
  const follow = (event: AppEvent): void => {
    if (event.type === 'notify' && state.settings.notifications && !window.isFocused())
      notifyDue(event, words(), open);
    if (event.type !== 'state') return;
    state = event.state;
    tray.show(state.phase, words());
    const { hotkey, hotkeyMode, startAtLogin } = state.settings;
    const wanted = JSON.stringify([hotkey, hotkeyMode, startAtLogin]);
    if (wanted === applied) return;
    applied = wanted;
    key.apply(state.settings);
    setStartAtLogin(startAtLogin);
  };

  app.on('second-instance', open);
  app.on('activate', open);
  for (const wake of ['resume', 'unlock-screen'] as const)
    powerMonitor.on(wake as 'resume', () => key.apply(state.settings));
  app.on('before-quit', () => {
    quitting = true;
  });
  app.on('will-quit', (event) => {
    key.stop();
    tray.destroy();
    if (ended) return;
    event.preventDefault();
    void end(running);
  });
  await followEvents(running, follow);
}

let ended = false;
async function end(running: RunningAssistant): Promise<void> {
  await running.dispose().catch((error: unknown) => report('dispose', error));
  ended = true;
  app.quit();
}

async function followEvents(running: RunningAssistant, follow: (event: AppEvent) => void): Promise<void> {
  for await (const event of running.assistant.events({}, new AbortController().signal)) follow(event);
}

async function askForMicrophone(): Promise<boolean> {
  return process.platform === 'darwin' ? systemPreferences.askForMediaAccess('microphone') : true;
}

function report(where: string, error: unknown): void {
  console.error(`${where}:`, error);
}
