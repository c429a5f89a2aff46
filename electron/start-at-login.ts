import { app } from 'electron';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Makes the system start Sotto, without a window, when the person logs in; or no longer. Only a packaged app. */
export function setStartAtLogin(wanted: boolean): void {
  if (!app.isPackaged) return;
  if (process.platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: wanted, args: ['--hidden'] });
    return;
  }
  const folder = join(process.env['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'autostart');
  const file = join(folder, 'sotto.desktop');
  if (!wanted) {
    rmSync(file, { force: true });
    return;
  }
  /* An AppImage runs from a mount that is gone after a restart; its own path is in the environment. */
  const program = process.env['APPIMAGE'] ?? process.execPath;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, autostartEntry(program));
}

/** Freedesktop autostart entry; the path is quoted as the desktop entry specification asks. */
export function autostartEntry(program: string): string {
  const quoted = `"${program.replace(/(["`$\\])/g, '\\$1').replaceAll('%', '%%')}"`;
  return `[Desktop Entry]\nType=Application\nName=Sotto\nExec=${quoted} --hidden\nX-GNOME-Autostart-enabled=true\n`;
}
