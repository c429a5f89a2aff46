import { afterAll, beforeAll, expect, test } from 'vitest';
import { gzipSync } from 'node:zlib';
import { decodePage } from '../../../assistant/web-search/decode-page.ts';
import { PageFetcher } from '../../../assistant/web-search/page-fetcher.ts';
import { isPublicAddress } from '../../../assistant/web-search/public-address.ts';
import { html, pageServer } from './page-server.ts';

const never = new AbortController().signal;
let web: Awaited<ReturnType<typeof pageServer>>;
let pages: PageFetcher;
const seen: string[] = [];

beforeAll(async () => {
  web = await pageServer((request, response) => {
    seen.push(`${request.headers.host?.split(':')[0]}${request.url}`);
    expect(request.headers.cookie).toBeUndefined();
    const to = (location: string) => void response.writeHead(302, { location }).end();
    if (request.url === '/page') return html(response, '<p>Good text.</p>');
    if (request.url === '/moved') return to('/page');
    if (request.url === '/round') return to('/round');
    if (request.url === '/inside') return to('http://169.254.169.254/latest/meta-data');
    if (request.url === '/file') return to('file:///etc/passwd');
    if (request.url === '/router') return to('http://router.lan/');
    if (request.url === '/picture') return html(response, 'x', 'image/png');
    if (request.url === '/slow') return;
    if (request.url === '/latin') return html(response, '', 'text/html; charset=iso-8859-1');
    if (request.url === '/bomb') {
      response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': 'gzip' });
      response.end(gzipSync(Buffer.alloc(30_000_000, 'a')));
      return;
    }
    response.writeHead(404).end();
  });
  pages = new PageFetcher({ ...web.world, patienceMs: 800 });
});
afterAll(async () => {
  pages.close();
  await web.close();
});

test('a page is fetched by its name, redirects included', async () => {
  expect(await pages.fetch(web.at('a.example', '/moved'), never)).toEqual({
    address: web.at('a.example', '/page'),
    kind: 'html',
    text: '<p>Good text.</p>',
  });
});

test.each([
  ['/round', 'too many redirects'],
  ['/inside', 'this machine or its network'],
  ['/router', 'this machine or its network'],
  ['/file', 'not an address of the web'],
  ['/picture', 'a page of type image/png'],
  ['/missing', 'status 404'],
])('%s is left aside: %s', async (path, reason) => {
  await expect(pages.fetch(web.at('a.example', path), never)).rejects.toThrow(reason);
});

test.each([
  'http://localhost/',
  'http://127.0.0.2/',
  'http://[::1]/',
  'http://10.0.0.1/',
  'http://2130706433/',
  'http://0x7f.1/',
  'http://[::ffff:7f00:1]/',
  'http://printer/',
  'http://user:secret@a.example/',
  'ftp://a.example/',
  'nonsense',
])('%s is never asked for', async (address) => {
  const real = new PageFetcher({ patienceMs: 300 });
  await expect(real.fetch(address, never)).rejects.toThrow();
  real.close();
});

test('a name that leads into the own network is refused when it is looked up', async () => {
  const guarded = new PageFetcher({ lookup: web.world.lookup!, patienceMs: 800 });
  const before = seen.length;
  await expect(guarded.fetch(web.at('rebound.example', '/page'), never)).rejects.toThrow();
  expect(seen).toHaveLength(before);
  guarded.close();
});

test('a page that does not come is given up, and one that never ends is cut', async () => {
  const startedAt = performance.now();
  await expect(pages.fetch(web.at('a.example', '/slow'), never)).rejects.toThrow();
  expect(performance.now() - startedAt).toBeLessThan(3000);
  expect((await pages.fetch(web.at('a.example', '/bomb'), never)).text).toHaveLength(2_000_000);
});

test('whoever asked can stop asking', async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error('stopped')), 20);
  await expect(pages.fetch(web.at('a.example', '/slow'), stop.signal)).rejects.toThrow('stopped');
});

test('text is decoded as its server, its first bytes or it itself say', () => {
  const bytes = (text: string) => Buffer.from(text, 'latin1');
  expect(decodePage(bytes('caf\xe9'), 'text/html; charset=iso-8859-1')).toBe('café');
  expect(decodePage(bytes('<meta charset="windows-1252">\x80'), 'text/html')).toContain('€');
  expect(decodePage(Uint8Array.from([0xff, 0xfe, 0x61, 0]), 'text/html')).toBe('a');
  expect(decodePage(bytes('plain'), 'text/html; charset=no-such')).toBe('plain');
});

test('addresses are public or not, however they are written', () => {
  for (const address of ['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8'])
    expect(isPublicAddress(address)).toBe(true);
  for (const address of '0.0.0.0 127.1.2.3 10.1.1.1 172.20.0.1 192.168.1.1 169.254.169.254 100.64.0.1 224.0.0.1 255.255.255.255 ::1 :: fd00::1 fe80::1 ::ffff:127.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: name'.split(
    ' ',
  ))
    expect(isPublicAddress(address), address).toBe(false);
});
