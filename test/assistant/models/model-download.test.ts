import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkpoint, DownloadStage, WEIGHTS } from './download-stage.ts';
import { noise, sha256, startProxy, type Misdeed } from './hostile-server.ts';

let stage: DownloadStage;
beforeEach(async () => {
  stage = await DownloadStage.open();
});
afterEach(() => stage.close());

/** Nothing in the half-done folder may carry the name of a file that is not whole. */
function expectNothingLoadable(): void {
  expect(stage.isComplete).toBe(false);
  if (existsSync(stage.partial)) expect(readdirSync(stage.partial)).not.toContain(WEIGHTS);
}

describe('a download', () => {
  test('fetches every file in ranges over several connections and names the folder last', async () => {
    const status = await stage.fetch();
    expect(status).toMatchObject({ state: 'complete', host: stage.server.host });
    expect(stage.result()).toEqual(checkpoint());
    expect(stage.server.askedFor(WEIGHTS).length).toBe(5);
    const plan = JSON.parse(readFileSync(join(stage.folder, 'sotto-download.json'), 'utf8'));
    expect(plan).toMatchObject({ origin: 'maker/model', revision: 'a'.repeat(40) });
    expect(stage.told[0]?.state).toBe('listing');
    expect(stage.told.at(-1)?.state).toBe('complete');
  });

  test('fetches programs and pictures of a repository not at all', async () => {
    stage.server.files['modeling.py'] = Buffer.from('import os');
    stage.server.files['README.md'] = Buffer.from('# read');
    await stage.fetch();
    expect(Object.keys(stage.result())).not.toContain('modeling.py');
    expect(stage.server.askedFor('modeling.py')).toEqual([]);
  });

  test('is not begun again when it is complete', async () => {
    await stage.fetch();
    const count = stage.server.asked.length;
    expect((await stage.fetch()).state).toBe('complete');
    expect(stage.server.asked.length).toBe(count);
  });

  test('fetches the commit that it found, also when the branch has moved on since', async () => {
    stage.server.misbehave = (path) => (path === WEIGHTS ? { kind: 'status', status: 404 } : undefined);
    await stage.fetch();
    stage.server.misbehave = () => undefined;
    stage.server.revision = 'b'.repeat(40);
    await stage.fetch();
    expect(stage.server.asked.at(-1)?.url).toContain('a'.repeat(40));
    expect(stage.isComplete).toBe(true);
  });

  test('fetches a plain folder whose weights the index names', async () => {
    stage.offer = { ...stage.offer, origin: `${stage.server.base}/plain/` };
    expect((await stage.fetch()).state).toBe('complete');
    expect(stage.result()).toEqual(checkpoint());
  });

  test('fetches a package whose files model.json names, and believes its sums', async () => {
    const weights = noise(90_000, 3);
    const files = [{ path: 'weights/all.bin', bytes: weights.length, sha256: sha256(weights) }];
    stage.server.files = {
      'model.json': Buffer.from(JSON.stringify({ id: 'other', name: 'Other', files })),
      'weights/all.bin': weights,
      'not-listed.json': Buffer.from('{}'),
    };
    stage.offer = { ...stage.offer, origin: `${stage.server.base}/plain` };
    expect((await stage.fetch()).state).toBe('complete');
    expect(Object.keys(stage.result()).sort()).toEqual(['model.json', 'weights/all.bin']);
  });

  test('goes through the proxy of the setting', async () => {
    const proxy = await startProxy();
    stage.proxy = proxy.base;
    const hub = stage.server.base.replace('127.0.0.1', 'hub.test');
    const status = await stage.fetch({ hubs: { huggingFace: hub, modelScope: '' } });
    expect(status.state).toBe('complete');
    expect(new Set(proxy.tunnelled)).toEqual(new Set([new URL(hub).host]));
    await proxy.stop();
  });
});

test('a proxy that says nothing is given up like a server that says nothing', async () => {
  const proxy = await startProxy(true);
  stage.proxy = proxy.base;
  const hub = stage.server.base.replace('127.0.0.1', 'hub.test');
  const status = await stage.fetch({ hubs: { huggingFace: hub, modelScope: '' } });
  expect(status.failure?.code).toBe('download-unreachable');
  await proxy.stop();
});

describe('an interrupted download', () => {
  test('keeps what has come when it is paused, and fetches only the rest', async () => {
    stage.server.misbehave = (path, { headers }) =>
      path === WEIGHTS && !headers.range?.startsWith('bytes=0-') ? { kind: 'silence' } : undefined;
    const download = stage.download({ client: stage.patientClient(), connections: 2 });
    const running = download.start();
    await expect.poll(() => stage.told.at(-1)?.receivedBytes ?? 0).toBeGreaterThan(64_000);
    await download.pause();
    await running;
    const paused = await stage.download().status();
    expect(paused.state).toBe('paused');
    expect(paused.receivedBytes).toBeGreaterThanOrEqual(65_536);
    expectNothingLoadable();

    stage.server.misbehave = () => undefined;
    stage.server.asked.length = 0;
    expect((await stage.fetch()).state).toBe('complete');
    expect(stage.result()).toEqual(checkpoint());
    const again = stage.server.askedFor(WEIGHTS).map(({ headers }) => headers.range);
    expect(again.some((range) => range?.startsWith('bytes=0-'))).toBe(false);
    expect(stage.server.askedFor(WEIGHTS)[0]?.headers['if-range']).toBe('"one"');
  });

  test('begins the file again when it has become another one on the server', async () => {
    stage.server.hidesSums = true;
    stage.server.misbehave = (path, { headers }) =>
      path === WEIGHTS && headers.range?.startsWith('bytes=196608-') ? { kind: 'status', status: 404 } : undefined;
    expect((await stage.fetch({ connections: 1 })).state).toBe('failed');
    stage.server.misbehave = () => undefined;
    stage.server.files[WEIGHTS] = noise(300_000, 99);
    stage.server.etag = '"two"';
    expect((await stage.fetch()).state).toBe('complete');
    expect(stage.result()[WEIGHTS]).toEqual(noise(300_000, 99));
  });

  test('gives up on a file that changes with every question', async () => {
    stage.server.hidesSums = true;
    let count = 0;
    stage.server.misbehave = () => {
      stage.server.etag = `"${count++}"`;
      return undefined;
    };
    const status = await stage.fetch();
    expect(status.failure?.code).toBe('download-changed');
    expectNothingLoadable();
  });

  test('leaves nothing behind when it is discarded', async () => {
    stage.server.misbehave = (path) => (path === WEIGHTS ? { kind: 'status', status: 404 } : undefined);
    const download = stage.download();
    await download.start();
    await download.discard();
    expect(readdirSync(stage.parent)).toEqual([]);
    expect((await download.status()).state).toBe('absent');
  });

  test('does not trust a journal that lies about what is on the disk', async () => {
    stage.server.once(WEIGHTS, { kind: 'status', status: 404 });
    await stage.fetch({ connections: 1 });
    const journal = `${join(stage.partial, WEIGHTS)}.partial.json`;
    const ranges = [{ start: 0, end: 300_000 }];
    writeFileSync(journal, JSON.stringify({ ...JSON.parse(readFileSync(journal, 'utf8')), ranges }));
    expect((await stage.fetch()).state).toBe('complete');
    expect(stage.result()).toEqual(checkpoint());
  });

  test('does not write or delete where another copy of Sotto writes', async () => {
    mkdirSync(stage.partial, { recursive: true });
    writeFileSync(join(stage.partial, 'sotto.lock'), '');
    expect((await stage.fetch()).failure?.code).toBe('download-elsewhere');
    await expect(stage.download().discard()).rejects.toMatchObject({ code: 'download-elsewhere' });
    expect(existsSync(stage.partial)).toBe(true);
  });
});

describe('a server that misbehaves for a moment', () => {
  const passing: readonly [string, Misdeed][] = [
    ['answers with an error of its own', { kind: 'status', status: 503 }],
    ['asks to wait a little', { kind: 'status', status: 429, headers: { 'retry-after': '2' } }],
    ['says nothing at all', { kind: 'silence' }],
    ['stalls in the middle', { kind: 'stall', after: 20_000 }],
    ['hangs up in the middle', { kind: 'truncate', after: 20_000 }],
    ['sends a shorter part', { kind: 'shorter', by: 1000 }],
    ['sends another part', { kind: 'other-part' }],
    ['tells another length', { kind: 'other-total' }],
    ['sends more than the part', { kind: 'too-much' }],
    ['sends wrong bytes', { kind: 'wrong-bytes' }],
    ['sends everything instead of a part', { kind: 'whole' }],
  ];
  test.each(passing)('%s: the download goes on and the content is right', async (_, misdeed) => {
    stage.server.once(WEIGHTS, misdeed, misdeed);
    expect((await stage.fetch()).failure).toBeUndefined();
    expect(stage.result()).toEqual(checkpoint());
  });

  test('is waited for as long as it asks, and longer each time when it does not say', async () => {
    const busy: Misdeed = { kind: 'status', status: 503 };
    stage.server.once(WEIGHTS, { kind: 'status', status: 429, headers: { 'retry-after': '2' } }, busy, busy);
    await stage.fetch({ connections: 1 });
    const [asked = 0, second = 0, third = 0] = stage.pauses;
    expect(asked).toBe(2000);
    expect(third).toBeGreaterThan(second);
  });

  test('closes every connection, while the disk is slower than the line', async () => {
    stage.server.closesConnections = true;
    stage.server.files[WEIGHTS] = noise(3_000_000);
    const slow = { rangeBytes: 1_000_000, connections: 2 };
    expect((await stage.fetch(slow)).state).toBe('complete');
    expect(stage.result()[WEIGHTS]).toEqual(noise(3_000_000));
  });

  test('knows no ranges at all: one connection takes the file from end to end, also after a break', async () => {
    let count = 0;
    stage.server.misbehave = (path) => {
      if (path !== WEIGHTS) return undefined;
      return count++ === 2 ? { kind: 'truncate', after: 100_000 } : { kind: 'whole' };
    };
    expect((await stage.fetch()).state).toBe('complete');
    expect(stage.result()).toEqual(checkpoint());
  });
});

describe('a server that goes on misbehaving', () => {
  const lasting: readonly [string, Misdeed, string][] = [
    ['does not give it to everybody', { kind: 'status', status: 403 }, 'download-refused'],
    ['wants a login', { kind: 'status', status: 401 }, 'download-refused'],
    ['has no such file', { kind: 'status', status: 404 }, 'download-not-found'],
    ['is overloaded', { kind: 'status', status: 503 }, 'download-busy'],
    [
      'asks to come back in an hour',
      { kind: 'status', status: 429, headers: { 'retry-after': '3600' } },
      'download-busy',
    ],
    ['says nothing at all', { kind: 'silence' }, 'download-unreachable'],
    ['answers with a web page', { kind: 'page' }, 'download-not-a-file'],
    ['answers with a page that calls itself a file', { kind: 'page-in-disguise' }, 'download-not-a-file'],
    ['sends another part', { kind: 'other-part' }, 'download-bad-answer'],
    ['packs what must not be packed', { kind: 'packed' }, 'download-bad-answer'],
    ['sends wrong bytes', { kind: 'wrong-bytes' }, 'download-damaged'],
    ['redirects in a circle', { kind: 'redirect', to: '/maker/model/resolve/x/' + WEIGHTS }, 'download-bad-answer'],
    ['redirects to a file of this machine', { kind: 'redirect', to: 'file:///etc/passwd' }, 'download-bad-answer'],
  ];
  test.each(lasting)('%s: a clear failure, and what is good is kept', async (_, misdeed, code) => {
    stage.server.misbehave = (path) => (path === WEIGHTS ? misdeed : undefined);
    const status = await stage.fetch();
    expect(status.state).toBe('failed');
    expect(status.failure?.code).toBe(code);
    expectNothingLoadable();
    stage.server.misbehave = () => undefined;
    stage.server.asked.length = 0;
    expect((await stage.fetch()).state).toBe('complete');
    expect(stage.result()).toEqual(checkpoint());
    // The small file came the first time and is not asked for again.
    expect(stage.server.askedFor('config.json')).toEqual([]);
  });

  const lists: readonly [string, Misdeed, string][] = [
    ['a page', { kind: 'page' }, 'download-not-a-file'],
    ['nothing', { kind: 'silence' }, 'download-unreachable'],
    ['a refusal', { kind: 'status', status: 401 }, 'download-refused'],
    ['half of it', { kind: 'status', status: 200 }, 'download-bad-answer'],
  ];
  test.each(lists)('%s instead of the list of files is said clearly', async (_, misdeed, code) => {
    stage.server.misbehave = (path) => (path.startsWith('/api/') ? misdeed : undefined);
    expect((await stage.fetch()).failure?.code).toBe(code);
  });

  test.each(['../outside.json', '/etc/outside.json', 'a/../../outside.json', 'C:\\outside.json', 'nul.json', 'x.json.partial.json/../y.json'])(
    'a list with the name %s is refused whole',
    async (path) => {
      stage.server.strangeEntries = [{ type: 'file', path, size: 5 }];
      expect((await stage.fetch()).failure?.code).toBe('download-bad-answer');
      expect(existsSync(join(stage.parent, 'outside.json'))).toBe(false);
    },
  );

  test('two names that are one on many disks are refused', async () => {
    stage.server.files['CONFIG.json'] = Buffer.from('{}');
    expect((await stage.fetch()).failure?.code).toBe('download-bad-answer');
  });
});

describe('mirrors', () => {
  test('when the first fails, the second goes on where it was, if its file has the same sum', async () => {
    stage.settings = { ...stage.settings, mirror: 'auto' };
    stage.server.misbehave = (path, { headers }) =>
      path === WEIGHTS && headers.range?.startsWith('bytes=196608-') ? { kind: 'status', status: 403 } : undefined;
    const status = await stage.fetch({ connections: 1 });
    expect(status).toMatchObject({ state: 'complete', host: stage.other.host });
    expect(stage.result()).toEqual(checkpoint());
    expect(stage.other.askedFor(WEIGHTS).map(({ headers }) => headers.range)).toEqual([
      'bytes=196608-262143',
      'bytes=262144-299999',
    ]);
  });

  test('a mirror with other content is not mixed with what came from the first', async () => {
    stage.settings = { ...stage.settings, mirror: 'auto' };
    stage.other.files[WEIGHTS] = noise(300_000, 5);
    stage.server.misbehave = (path, { headers }) =>
      path === WEIGHTS && headers.range?.startsWith('bytes=196608-') ? { kind: 'status', status: 403 } : undefined;
    expect((await stage.fetch({ connections: 1 })).state).toBe('complete');
    expect(stage.result()[WEIGHTS]).toEqual(noise(300_000, 5));
  });

  test('the failure of the first is the one that is told when all fail', async () => {
    stage.settings = { ...stage.settings, mirror: 'auto' };
    stage.server.misbehave = () => ({ kind: 'status', status: 403 });
    stage.other.misbehave = () => ({ kind: 'status', status: 404 });
    expect((await stage.fetch()).failure?.code).toBe('download-refused');
  });

  test('a server whose file is not the one that we know is not believed', async () => {
    const sum = { algorithm: 'sha256' as const, value: sha256(checkpoint()[WEIGHTS] as Buffer) };
    stage.offer = { ...stage.offer, knownFiles: [{ path: WEIGHTS, bytes: 300_000, sum }] };
    stage.server.files[WEIGHTS] = noise(300_000, 5);
    expect((await stage.fetch()).failure?.code).toBe('download-bad-answer');
    stage.server.files = checkpoint();
    expect((await stage.fetch()).state).toBe('complete');
  });

  test('the own address may be laid out as a hub or as plain folders', async () => {
    stage.settings = { ...stage.settings, mirror: 'own', ownUrl: `${stage.other.base}/` };
    stage.other.misbehave = (path) => (path.startsWith('/api/') ? { kind: 'status', status: 404 } : undefined);
    expect(await stage.fetch()).toMatchObject({ state: 'complete', host: stage.other.host });
    expect(stage.result()).toEqual(checkpoint());
  });
});

describe('the token', () => {
  test('goes to the hub and never to the host it redirects to', async () => {
    stage.settings = { ...stage.settings, token: 'secret' };
    stage.server.misbehave = (path) =>
      path === WEIGHTS ? { kind: 'redirect', to: `${stage.other.base}/plain/${WEIGHTS}` } : undefined;
    expect((await stage.fetch()).state).toBe('complete');
    expect(stage.server.asked.every(({ headers }) => headers.authorization === 'Bearer secret')).toBe(true);
    expect(stage.other.asked.length).toBeGreaterThan(0);
    expect(stage.other.asked.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });

  test('goes to no other mirror', async () => {
    stage.settings = { ...stage.settings, token: 'secret', mirror: 'modelscope' };
    await stage.fetch();
    expect(stage.other.asked.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });
});

describe('the disk', () => {
  test('is looked at before the first byte is fetched', async () => {
    stage.freeBytes = 1000;
    const { failure } = await stage.fetch();
    expect(failure).toMatchObject({ code: 'disk-space-short', details: { freeBytes: 1000 } });
    expect(stage.server.askedFor(WEIGHTS)).toEqual([]);
  });

  test('a folder that cannot be made is said by its name', async () => {
    writeFileSync(join(stage.parent, 'file'), '');
    const blocked = stage.download();
    Object.assign(blocked, { folder: join(stage.parent, 'file', 'model') });
    await blocked.start();
    expect((await blocked.status()).failure?.code).toBe('file-not-writable');
  });

  test('a folder of somebody else’s is left alone', async () => {
    mkdirSync(stage.folder);
    writeFileSync(join(stage.folder, 'mine.txt'), 'mine');
    expect((await stage.fetch()).failure?.code).toBe('model-folder-taken');
    expect(readdirSync(stage.folder)).toEqual(['mine.txt']);
  });
});
