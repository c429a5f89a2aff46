import { createHash } from 'node:crypto';
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** What a server does wrong, once. */
export type Misdeed =
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Record<string, string> }
  /** Answers nothing at all. */
  | { readonly kind: 'silence' }
  /** Sends some of it, then nothing more. */
  | { readonly kind: 'stall'; readonly after: number }
  /** Sends some of it and hangs up. */
  | { readonly kind: 'truncate'; readonly after: number }
  /** Sends less than the part that was asked for, and says so. */
  | { readonly kind: 'shorter'; readonly by: number }
  /** 200 and everything, though a part was asked for. */
  | { readonly kind: 'whole' }
  /** 206, but another part. */
  | { readonly kind: 'other-part' }
  | { readonly kind: 'other-total' }
  /** Right length, wrong bytes. */
  | { readonly kind: 'wrong-bytes' }
  /** More than the part. */
  | { readonly kind: 'too-much' }
  | { readonly kind: 'packed' }
  | { readonly kind: 'page' }
  /** A page that calls itself a file. */
  | { readonly kind: 'page-in-disguise' }
  | { readonly kind: 'redirect'; readonly to: string };

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
}

const page = '<!DOCTYPE html><html><body>Please log in</body></html>';

/** Serves one repository as Hugging Face, ModelScope and a plain folder do, and misbehaves as it is told. */
export class HostileServer {
  readonly asked: Asked[] = [];
  files: Record<string, Buffer>;
  revision = 'a'.repeat(40);
  etag = '"one"';
  /** Called for every question; what it returns is done instead of answering properly. */
  misbehave: (path: string, asked: Asked) => Misdeed | undefined = () => undefined;
  /** Extra entries of the list of files, as they are. */
  strangeEntries: unknown[] = [];
  hidesSums = false;
  /** As servers of HTTP/1.0 do: each connection carries one answer. */
  closesConnections = false;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(files: Record<string, Buffer>) {
    this.files = files;
    this.server = createServer((request, response) => this.answer(request, response));
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('error', () => {});
    });
  }

  static async start(files: Record<string, Buffer>): Promise<HostileServer> {
    const hostile = new HostileServer(files);
    await new Promise<void>((resolve) => hostile.server.listen(0, '127.0.0.1', resolve));
    return hostile;
  }

  get base(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get host(): string {
    return new URL(this.base).host;
  }

  /** Questions for a file's content, not for lists. */
  askedFor(path: string): Asked[] {
    return this.asked.filter(({ url }) => pathOf(url) === path);
  }

  /** Does wrong the first times that a file is asked for, then behaves. */
  once(path: string, ...misdeeds: Misdeed[]): void {
    const left = [...misdeeds];
    const before = this.misbehave;
    this.misbehave = (asked, about) => (asked === path ? left.shift() : before(asked, about));
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { method = '', url = '', headers } = request;
    const asked = { method, url, headers };
    this.asked.push(asked);
    const path = pathOf(url);
    const misdeed = this.misbehave(path, asked);
    if (misdeed && this.isDone(misdeed, response)) return;
    if (url.startsWith('/api/models/') || url.includes('/repo/files')) this.list(url, response);
    else this.send(path, headers, misdeed, response);
  }

  /** True when there is nothing more to answer. */
  private isDone(misdeed: Misdeed, response: ServerResponse): boolean {
    if (misdeed.kind === 'silence') return true;
    if (misdeed.kind === 'status') response.writeHead(misdeed.status, misdeed.headers).end('no');
    else if (misdeed.kind === 'page') response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    else if (misdeed.kind === 'redirect') response.writeHead(302, { location: misdeed.to }).end();
    else return false;
    return true;
  }

  private list(url: string, response: ServerResponse): void {
    const json = (value: unknown): void =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    const names = Object.keys(this.files);
    if (url.includes('/repo/files')) {
      const files = names.map((path) => ({
        Path: path,
        Type: 'blob',
        Size: this.content(path).length,
        ...(this.hidesSums ? {} : { Sha256: sha256(this.content(path)) }),
      }));
      json({ Code: 200, Data: { Files: [...files, ...this.strangeEntries] } });
    } else if (url.includes('/revision/')) {
      json({ sha: this.revision });
    } else if (url.includes('/tree/')) {
      const entries = names.map((path) => {
        const content = this.content(path);
        const oid = createHash('sha1').update(`blob ${content.length}\0`).update(content).digest('hex');
        const lfs = { oid: sha256(content), size: content.length };
        return {
          type: 'file',
          path,
          size: content.length,
          ...(this.hidesSums ? {} : { oid }),
          ...(content.length > 5000 && !this.hidesSums ? { lfs } : {}),
        };
      });
      json([...entries, ...this.strangeEntries]);
    } else {
      response.writeHead(404).end('no');
    }
  }

  private send(
    path: string,
    headers: IncomingMessage['headers'],
    misdeed: Misdeed | undefined,
    response: ServerResponse,
  ): void {
    const content = this.files[path];
    if (!content) return void response.writeHead(404).end('no');
    const asked = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '');
    const isChanged = headers['if-range'] !== undefined && headers['if-range'] !== this.etag;
    const about = {
      etag: this.etag,
      'content-type': 'application/octet-stream',
      ...(this.closesConnections ? { connection: 'close' } : {}),
    };
    if (!asked || isChanged || misdeed?.kind === 'whole') {
      response.writeHead(200, { ...about, 'content-length': content.length });
      this.pour(content, misdeed, response);
      return;
    }
    const start = Number(asked[1]);
    const end = Math.min(Number(asked[2]) + 1, content.length);
    if (start >= content.length) return void response.writeHead(416, about).end();
    const total = misdeed?.kind === 'other-total' ? content.length + 7 : content.length;
    const part = misdeed?.kind === 'other-part' ? content.subarray(0, end - start) : content.subarray(start, end);
    if (misdeed?.kind === 'shorter') {
      const last = end - 1 - misdeed.by;
      response.writeHead(206, {
        ...about,
        'content-range': `bytes ${start}-${last}/${total}`,
        'content-length': last + 1 - start,
      });
      response.end(content.subarray(start, last + 1));
      return;
    }
    const told = misdeed?.kind === 'other-part' ? `bytes 0-${end - start - 1}/${total}` : `bytes ${start}-${end - 1}/${total}`;
    const length = misdeed?.kind === 'too-much' ? {} : { 'content-length': part.length };
    const packed = misdeed?.kind === 'packed' ? { 'content-encoding': 'gzip' } : {};
    response.writeHead(206, { ...about, ...packed, ...length, 'content-range': told });
    this.pour(part, misdeed, response);
  }

  private pour(bytes: Buffer, misdeed: Misdeed | undefined, response: ServerResponse): void {
    switch (misdeed?.kind) {
      case 'stall':
        response.write(bytes.subarray(0, misdeed.after));
        break;
      case 'truncate':
        response.write(bytes.subarray(0, misdeed.after), () => response.destroy());
        break;
      case 'wrong-bytes':
        response.end(Buffer.from(bytes.map((byte) => byte ^ 0x55)));
        break;
      case 'page-in-disguise':
        response.end(Buffer.concat([Buffer.from(page), bytes]).subarray(0, bytes.length));
        break;
      case 'too-much':
        response.end(Buffer.concat([bytes, Buffer.alloc(4000, 1)]));
        break;
      default:
        response.end(bytes);
    }
  }

  private content(path: string): Buffer {
    return this.files[path] as Buffer;
  }
}

/** An HTTP proxy that tunnels to this machine whatever the name, and remembers the names; or says nothing. */
export async function startProxy(isSilent = false): Promise<{ base: string; tunnelled: string[]; stop: () => Promise<void> }> {
  const tunnelled: string[] = [];
  const sockets = new Set<Socket>();
  // Plain http goes through as it is; https, and whoever wants it, gets a tunnel.
  const server = createServer((question, response) => {
    const address = new URL(question.url ?? '');
    tunnelled.push(address.host);
    if (isSilent) return;
    const { port, pathname, search } = address;
    const options = { host: '127.0.0.1', port, path: pathname + search, headers: question.headers };
    request(options, (answer) => {
      response.writeHead(answer.statusCode ?? 0, answer.headers);
      answer.pipe(response);
    }).end();
  });
  server.on('connect', (asked, client: Socket) => {
    tunnelled.push(asked.url ?? '');
    sockets.add(client);
    if (isSilent) return;
    const there = connect(Number((asked.url ?? '').split(':')[1]), '127.0.0.1', () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      there.pipe(client).pipe(there);
    });
    for (const socket of [client, there]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tunnelled,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Bytes that look like nothing in particular, the same each time. */
export function noise(bytes: number, seed = 1): Buffer {
  const content = Buffer.alloc(bytes);
  let state = seed;
  for (let index = 0; index < bytes; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    content[index] = state >>> 16;
  }
  return content;
}

export function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The file's path inside the repository, in all three layouts. */
function pathOf(url: string): string {
  const address = new URL(url, 'http://here');
  const inQuery = address.searchParams.get('FilePath');
  if (inQuery) return inQuery;
  const [, resolved] = /\/resolve\/[^/]+\/(.+)$/.exec(address.pathname) ?? [];
  return decodeURIComponent(resolved ?? address.pathname.replace(/^\/(plain|maker\/model)\//, ''));
}
