import {
  ipcMain,
  MessageChannelMain,
  type IpcMainEvent,
  type MessagePortMain,
  type WebContents,
} from 'electron';
import type { Assistant } from '../contract/assistant-contract.ts';
import { serveAssistant } from '../contract/calls/assistant-calls.ts';
import type { Channel } from '../contract/channel.ts';
import { isRendererAddress } from './renderer-origin.ts';

/** With the folder dialog (folder-dialog.ts) all that crosses Electron's own IPC; the rest goes through the port. */
export const connectRequest = 'sotto:connect';
export const talkKeyMessage = 'sotto:talk-key';

/**
 * Gives our page a port to the assistant when it asks for one; a second request (a reload) closes the first.
 * Requests from any other frame or origin are ignored.
 */
export function offerPorts(
  contents: WebContents,
  assistant: Assistant,
  onInternalError: (name: string, error: unknown) => void,
): void {
  let stopServing = (): void => {};
  ipcMain.on(connectRequest, (event) => {
    if (!isOurPage(event, contents)) return;
    stopServing();
    const { port1, port2 } = new MessageChannelMain();
    const channel = portChannel(port1);
    const stop = serveAssistant(channel, assistant, onInternalError);
    stopServing = () => {
      stop();
      channel.close();
    };
    contents.postMessage(connectRequest, null, [port2]);
  });
}

/** True for the main frame of our own page in that window. */
export function isOurPage(
  event: Pick<IpcMainEvent, 'sender' | 'senderFrame'>,
  contents: WebContents,
): boolean {
  const frame = event.senderFrame;
  return event.sender === contents && frame !== null && frame.parent === null && isRendererAddress(frame.url);
}

/** One end of a MessagePort as a channel. */
export function portChannel(port: MessagePortMain): Channel {
  port.start();
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      const receive = (event: { data: unknown }): void => listener(event.data);
      port.on('message', receive);
      return () => port.off('message', receive);
    },
    onClose: (listener) => {
      port.once('close', listener);
      return () => port.off('close', listener);
    },
    close: () => port.close(),
  };
}
