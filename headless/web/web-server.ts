import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { serveAssistant } from '../../contract/calls/assistant-calls.ts';
import type { Assistant } from '../../contract/assistant-contract.ts';
import { browserConnection } from '../../contract/bridge.ts';
import { Access } from './access.ts';
import { refuse, serveFile } from './static-files.ts';
import { websocketChannel } from './websocket-channel.ts';

const maximumMessageBytes = 16 * 1024 * 1024;
const maximumTokenBytes = 256;

export interface WebServerOptions {
  readonly assistant: Assistant;
  readonly rendererFolder: string;
  /** 0 = any free port. */
  readonly port: number;
  readonly onInternalError: (name: string, error: unknown) => void;
}

export interface WebServer {
  readonly port: number;
  /** The address to open, with a fresh one-time token in its fragment. */
  issueAddress(): string;
  close(): Promise<void>;
}

/**
 * The renderer's files and one WebSocket on 127.0.0.1 alone: `POST /session` trades the one-time token for a
 * cookie, `/assistant` is upgraded for a page of ours that has it.
 *
 * @throws the listening error (for example EADDRINUSE) when the port cannot be had.
 */
export async function startWebServer(options: WebServerOptions): Promise<WebServer> {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: maximumMessageBytes });
  const access = new Access(() => portOf(server));
  const server = createServer((request, response) => {
    if (!access.namesThisServer(request)) refuse(response, 403);
    else if (request.url === browserConnection.sessionPath) void openSession(access, request, response);
    else void serveFile(options.rendererFolder, request, response);
  });
  server.on('upgrade', (request, socket, head) => {
    const allowed =
      request.url === browserConnection.path &&
      access.namesThisServer(request) &&
      access.comesFromOurPage(request) &&
      access.hasSession(request);
    if (!allowed) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      serveAssistant(websocketChannel(webSocket), options.assistant, options.onInternalError);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: portOf(server),
    issueAddress: () => `http://127.0.0.1:${portOf(server)}/#token=${access.issueToken()}`,
    close: () =>
      new Promise((resolve) => {
        for (const client of sockets.clients) client.terminate();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function openSession(
  access: Access,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST' || !access.comesFromOurPage(request)) return refuse(response, 403);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maximumTokenBytes) return refuse(response, 413);
    chunks.push(chunk);
  }
  const cookie = access.hasSession(request) ? '' : access.exchange(Buffer.concat(chunks).toString('utf8'));
  if (cookie === undefined) return refuse(response, 401);
  response.writeHead(204, cookie ? { 'Set-Cookie': cookie } : {});
  response.end();
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
