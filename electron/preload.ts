import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { SottoBridge } from '../contract/bridge.ts';
import type { Channel } from '../contract/channel.ts';

/* The names stand here again because a sandboxed preload is one file that shares nothing with the main process. */
const connectRequest = 'sotto:connect';
const talkKeyMessage = 'sotto:talk-key';
const chooseFolderRequest = 'sotto:choose-folder';

const bridge: SottoBridge = {
  connect: () =>
    new Promise<Channel>((resolve) => {
      ipcRenderer.once(connectRequest, (event: IpcRendererEvent) => {
        const port = event.ports[0];
        if (port) resolve(channelOf(port));
      });
      ipcRenderer.send(connectRequest);
    }),
  onTalkKey: (listener) => {
    const receive = (_event: IpcRendererEvent, pressed: unknown): void => listener(pressed === true);
    ipcRenderer.on(talkKeyMessage, receive);
    return () => ipcRenderer.off(talkKeyMessage, receive);
  },
  chooseFolder: async (startPath) => {
    const chosen: unknown = await ipcRenderer.invoke(chooseFolderRequest, startPath);
    return typeof chosen === 'string' ? chosen : undefined;
  },
};

/** Plain functions around a port: the port itself cannot cross the context bridge. */
function channelOf(port: IpcRendererEvent['ports'][number]): Channel {
  port.start();
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      const receive = (event: MessageEvent): void => listener(event.data);
      port.addEventListener('message', receive);
      return () => port.removeEventListener('message', receive);
    },
    onClose: (listener) => {
      port.addEventListener('close', listener, { once: true });
      return () => port.removeEventListener('close', listener);
    },
    close: () => port.close(),
  };
}

contextBridge.exposeInMainWorld('sotto', bridge);
