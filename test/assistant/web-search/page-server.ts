import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PageWorld } from '../../../assistant/web-search/page-fetcher.ts';

export type Serve = (request: IncomingMessage, response: ServerResponse) => void;

/** A web of a few pages on this machine: every name leads here, and only here. */
export async function pageServer(serve: Serve) {
  const server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const world: Partial<PageWorld> = {
    allows: (address) => address === '127.0.0.1',
    lookup: (_name, options, done) =>
      typeof options === 'object' && options.all
        ? (done as (error: null, found: { address: string; family: number }[]) => void)(null, [
            { address: '127.0.0.1', family: 4 },
          ])
        : done(null, '127.0.0.1', 4),
  };
  return {
    port,
    world,
    at: (name: string, path: string) => `http://${name}:${port}${path}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

export function html(response: ServerResponse, text: string, type = 'text/html; charset=utf-8'): void {
  response.writeHead(200, { 'content-type': type });
  response.end(text);
}
