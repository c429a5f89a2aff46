import { dialog, ipcMain, type BrowserWindow } from 'electron';
import { z } from 'zod';
import { isOurPage } from './renderer-port.ts';

export const chooseFolderRequest = 'sotto:choose-folder';

const startPath = z.string().max(2000);

/** Shows the system's dialog for our page, one at a time. Resolves to the chosen path, or undefined. */
export function offerFolderDialog(window: BrowserWindow, title: () => string): void {
  let isOpen = false;
  ipcMain.handle(chooseFolderRequest, async (event, path: unknown) => {
    const asked = startPath.safeParse(path);
    if (!isOurPage(event, window.webContents) || !asked.success || isOpen) return undefined;
    isOpen = true;
    try {
      const { canceled, filePaths } = await dialog.showOpenDialog(window, {
        title: title(),
        properties: ['openDirectory', 'createDirectory'],
        ...(asked.data === '' ? {} : { defaultPath: asked.data }),
      });
      return canceled ? undefined : filePaths[0];
    } finally {
      isOpen = false;
    }
  });
}
