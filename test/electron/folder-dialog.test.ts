import * as electron from 'electron';
import { beforeEach, expect, test, vi } from 'vitest';
import { chooseFolderRequest, offerFolderDialog } from '../../electron/folder-dialog.ts';
import { rendererAddress } from '../../electron/renderer-origin.ts';
import { FakeBrowserWindow, FakeWebContents, type FakeElectron } from './fake-electron.ts';

vi.mock('electron', async () => (await import('./fake-electron.ts')).fakeElectron());
const fake = electron as unknown as FakeElectron;
const { showOpenDialog } = fake.dialog;
let window: FakeBrowserWindow;

beforeEach(() => {
  fake.ipcMain.handlers.clear();
  showOpenDialog.mockReset();
  showOpenDialog.mockResolvedValue({ canceled: false, filePaths: ['/home/ada/Models'] });
  window = new FakeBrowserWindow({});
  offerFolderDialog(window as unknown as electron.BrowserWindow, () => 'Choose a folder');
});

function ask(path: unknown, from: object = ourPage()): Promise<unknown> {
  return fake.ipcMain.invoke(chooseFolderRequest, from, path);
}

function ourPage(): object {
  return { sender: window.webContents, senderFrame: { url: rendererAddress, parent: null } };
}

test('the system’s dialog opens over our window, where the typed path is, for folders alone', async () => {
  expect(await ask('/home/ada')).toBe('/home/ada/Models');
  expect(showOpenDialog).toHaveBeenCalledExactlyOnceWith(window, {
    title: 'Choose a folder',
    properties: ['openDirectory', 'createDirectory'],
    defaultPath: '/home/ada',
  });
});

test('without a path the system chooses where to begin, and a dismissed dialog chooses nothing', async () => {
  showOpenDialog.mockResolvedValue({ canceled: true, filePaths: [] });
  expect(await ask('')).toBeUndefined();
  expect(showOpenDialog.mock.calls[0]?.[1]).not.toHaveProperty('defaultPath');
});

test('no dialog opens for other pages, for frames in ours, or for anything that is no path', async () => {
  const frame = { url: rendererAddress, parent: null };
  await ask('/', { sender: window.webContents, senderFrame: { url: 'https://example.org/', parent: null } });
  await ask('/', { sender: window.webContents, senderFrame: { ...frame, parent: {} } });
  await ask('/', { sender: window.webContents, senderFrame: null });
  await ask('/', { sender: new FakeWebContents(), senderFrame: frame });
  await ask({ defaultPath: '/' });
  await ask('a'.repeat(2001));
  await ask(undefined);
  expect(showOpenDialog).not.toHaveBeenCalled();
});

test('one dialog is open at a time, and another may follow, even after a failure', async () => {
  let close = (_value: electron.OpenDialogReturnValue): void => {};
  showOpenDialog.mockReturnValueOnce(new Promise((resolve) => (close = resolve)));
  const first = ask('');
  expect(await ask('')).toBeUndefined();
  close({ canceled: false, filePaths: ['/one'] });
  expect(await first).toBe('/one');
  showOpenDialog.mockRejectedValueOnce(new Error('no display'));
  await expect(ask('')).rejects.toThrow('no display');
  expect(await ask('')).toBe('/home/ada/Models');
});
