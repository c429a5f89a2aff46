import { net, protocol } from 'electron';
import { join, normalize, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { rendererScheme } from './renderer-origin.ts';

/** The page may load itself; it has no network at all: its only way out is the port of the main process. */
export const contentSecurityPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self' blob:; " +
  "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Must run before the app is ready. */
export function declareRendererScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: rendererScheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Answers `sotto://app/...` with files of the renderer's folder. */
export function serveRenderer(folder: string): void {
  protocol.handle(rendererScheme, async (request) => {
    const path = fileBelow(folder, request.url);
    if (!path) return new Response('', { status: 404 });
    const file = await net.fetch(pathToFileURL(path).toString()).catch(() => undefined);
    if (!file?.ok) return new Response('', { status: 404 });
    const headers = new Headers(file.headers);
    headers.set('Content-Security-Policy', contentSecurityPolicy);
    headers.set('X-Content-Type-Options', 'nosniff');
    return new Response(file.body, { status: 200, headers });
  });
}

/** The file that an address names, or undefined when it is not inside `folder`. */
export function fileBelow(folder: string, address: string): string | undefined {
  const { hostname, pathname } = new URL(address);
  if (hostname !== 'app') return undefined;
  let name: string;
  try {
    name = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (name.includes('\0')) return undefined;
  const root = normalize(folder.endsWith(sep) ? folder : folder + sep);
  const path = normalize(join(root, name === '/' ? 'index.html' : name));
  return path.startsWith(root) ? path : undefined;
}
