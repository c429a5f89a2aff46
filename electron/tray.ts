import { Menu, nativeImage, Tray } from 'electron';
import { join } from 'node:path';
import type { Phase } from '../contract/app-events.ts';
import type { ShellWords } from './words.ts';

export interface TrayActions {
  readonly open: () => void;
  readonly stop: () => void;
  readonly quit: () => void;
}

/** Icon, tooltip and menu that say what Sotto is doing; made once, updated with every state. */
export class AppTray {
  private readonly tray: Tray;
  private readonly folder: string;
  private readonly actions: TrayActions;
  private shown = '';

  constructor(iconFolder: string, actions: TrayActions) {
    this.folder = iconFolder;
    this.actions = actions;
    this.tray = new Tray(this.icon('idle'));
    this.tray.on('click', actions.open);
  }

  show(phase: Phase, words: ShellWords): void {
    const key = `${phase} ${words.open}`;
    if (key === this.shown) return;
    this.shown = key;
    this.tray.setImage(this.icon(phase));
    this.tray.setToolTip(`Sotto: ${words[phase]}`);
    this.tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: words[phase], enabled: false },
        { type: 'separator' },
        { label: words.open, click: this.actions.open },
        { label: words.stop, enabled: phase !== 'idle', click: this.actions.stop },
        { type: 'separator' },
        { label: words.quit, click: this.actions.quit },
      ]),
    );
  }

  destroy(): void {
    this.tray.destroy();
  }

  private icon(phase: Phase): Electron.NativeImage {
    const name = phase === 'listening' ? 'listening' : phase === 'idle' ? 'idle' : 'speaking';
    const template = process.platform === 'darwin' ? 'Template' : '';
    return nativeImage.createFromPath(join(this.folder, `tray-${name}${template}.png`));
  }
}
