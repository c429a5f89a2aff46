import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ConversionEvent, ConversionRequest } from '../../../contract/model-conversion.ts';
import type { ModelOffer } from '../../../contract/model-library.ts';
import { HttpClient } from '../../../assistant/models/download/http-client.ts';
import { Connections } from '../../../assistant/models/download/proxy.ts';
import { copyTinyCheckpoint } from './tiny-checkpoint.ts';
import { never, stage, temporaryFolder, type Stage } from '../running-assistant.ts';
import { checkpoint, offer } from './download-stage.ts';
import { HostileServer } from './hostile-server.ts';

let server: HostileServer;
let here: Stage;
let connections: Connections;
const converted: ConversionRequest[] = [];

beforeEach(async () => {
  server = await HostileServer.start(checkpoint());
  converted.length = 0;
  here = await open(temporaryFolder());
});
afterEach(async () => {
  await here.close();
  connections.close();
  await server.stop();
});

function open(dataFolder: string, offered = offer): Promise<Stage> {
  connections = new Connections(() => 'none');
  return stage({
    dataFolder,
    loadModelAtStart: false,
    offers: [offered],
    convert,
    download: {
      client: new HttpClient({ connections: () => connections.get(), stallMs: 2000 }),
      hubs: { huggingFace: server.base, modelScope: server.base },
      freeBytes: async () => 1e12,
      rangeBytes: 64 * 1024,
    },
  });
}

/** Writes a package as the converter does, under its name when it is whole. */
async function* convert(request: ConversionRequest, signal: AbortSignal): AsyncGenerator<ConversionEvent> {
  converted.push(request);
  const { outputFolder, checkpointFolder, voiceOnly } = request;
  const needed = voiceOnly ? 'token2wav' : 'config.json';
  if (!existsSync(join(checkpointFolder, needed))) throw new Error('no checkpoint');
  const work = join(outputFolder, '..', `.${outputFolder.split('/').at(-1)}.converting`);
  mkdirSync(work, { recursive: true });
  const progress = { type: 'progress', stage: 'weights', totalBytes: 10, item: 'a' } as const;
  yield { ...progress, doneBytes: 5 };
  if (request.precision === 'float32') {
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    throw signal.reason;
  }
  mkdirSync(outputFolder, { recursive: true });
  const { id = 'x', name = 'X' } = request.identity ?? {};
  const holds = voiceOnly ? { holds: 'voice', speaks: 'token2wav' } : {};
  writeFileSync(join(outputFolder, 'model.json'), JSON.stringify({ id, name, files: [], ...holds }));
  const done = { packageFolder: outputFolder, modelId: id, precision: 'int4', packageBytes: 10, seconds: 1 };
  yield { ...done, type: 'done', precision: 'int4' };
}

async function offered(id = 'model'): Promise<ModelOffer> {
  const found = (await here.assistant.getModelLibrary({}, never)).offers.find((one) => one.id === id);
  if (!found) throw new Error(`No offer ${id}.`);
  return found;
}

async function downloaded(): Promise<void> {
  await here.assistant.startDownload({ offerId: 'model' }, never);
  await here.until((event) => event.type === 'download' && event.download.state === 'complete');
}

test('from the offer over the download and the conversion to a model that can be used and removed', async () => {
  server.files = { ...server.files, ...copyTinyCheckpoint() };
  expect((await offered()).download.state).toBe('absent');
  await downloaded();
  expect(await offered()).toMatchObject({ kind: 'checkpoint', download: { state: 'complete' }, modelIds: [] });

  await here.assistant.startConversion({ offerId: 'model', precision: 'int4' }, never);
  await here.until((event) => event.type === 'conversion' && event.conversion.state === 'complete');
  expect(converted[0]).toMatchObject({ precision: 'int4', identity: { id: 'model-int4', name: 'Model (int4)' } });
  expect((await offered()).modelIds).toEqual(['model-int4']);
  expect(await here.assistant.listModels({}, never)).toMatchObject([
    { id: 'starter' },
    { id: 'model-int4', name: 'Model (int4)' },
  ]);

  await here.assistant.loadModel({ modelId: 'model-int4' }, never);
  await here.assistant.removeModel({ modelId: 'model-int4' }, never);
  expect((await here.assistant.getState({}, never)).settings.modelId).toBe('starter');
  expect((await offered()).modelIds).toEqual([]);
  await here.assistant.discardDownload({ offerId: 'model' }, never);
  expect((await offered()).download.state).toBe('absent');
});

test('a conversion that was interrupted by closing is paused after the next start, and goes on or is discarded', async () => {
  await downloaded();
  await here.assistant.startConversion({ offerId: 'model', precision: 'float32' }, never);
  await here.until((event) => event.type === 'conversion' && event.conversion.progress !== undefined);
  const { folder } = here;
  await here.close();
  here = await open(folder);
  const { conversion } = await offered();
  expect(conversion).toMatchObject({ state: 'paused', precision: 'float32' });
  const checkpointFolder = conversion?.checkpointFolder ?? '';
  await here.assistant.startConversion({ offerId: 'model', precision: 'float32' }, never);
  await here.assistant.pauseConversion({ checkpointFolder }, never);
  expect((await offered()).conversion?.state).toBe('paused');
  await here.assistant.discardConversion({ checkpointFolder }, never);
  expect((await offered()).conversion).toBeUndefined();
});

test('a download that was interrupted by closing is paused after the next start', async () => {
  server.misbehave = (path, { headers }) =>
    path.endsWith('.safetensors') && !headers.range?.startsWith('bytes=0-') ? { kind: 'silence' } : undefined;
  await here.assistant.startDownload({ offerId: 'model' }, never);
  await here.until((event) => event.type === 'download' && event.download.receivedBytes > 64_000);
  const { folder } = here;
  await here.close();
  here = await open(folder);
  expect((await offered()).download).toMatchObject({ state: 'paused', totalBytes: expect.any(Number) });
});

describe('a voice alone', () => {
  test('is fetched without the rest, converted, shown as what it is, and cannot be made to answer', async () => {
    await here.close();
    here = await open(here.folder, { ...offer, id: 'mini-voice', voiceOnly: true });
    await here.assistant.startDownload({ offerId: 'mini-voice' }, never);
    await here.until((event) => event.type === 'download' && event.download.state === 'complete');
    const { folder = '' } = await offered('mini-voice');
    expect(readdirSync(folder).sort()).toEqual(['sotto-download.json', 'token2wav']);

    await here.assistant.startConversion({ offerId: 'mini-voice' }, never);
    await here.until((event) => event.type === 'conversion' && event.conversion.state === 'complete');
    expect(converted[0]).toMatchObject({ voiceOnly: true, identity: { id: 'mini-voice', name: 'Model' } });
    expect(await offered('mini-voice')).toMatchObject({ voiceOnly: true, modelIds: ['mini-voice'] });
    expect(await here.assistant.listModels({}, never)).toMatchObject([
      { id: 'starter' },
      { id: 'mini-voice', voiceOnly: true },
    ]);
    await expect(here.assistant.loadModel({ modelId: 'mini-voice' }, never)).rejects.toMatchObject({
      code: 'model-voice-only',
    });
    expect((await here.assistant.getState({}, never)).settings.modelId).toBe('starter');

    const { remote } = (await here.assistant.getState({}, never)).settings;
    await here.assistant.updateSettings({ remote: { ...remote, voiceModelId: 'mini-voice' } }, never);
    await here.assistant.removeModel({ modelId: 'mini-voice' }, never);
    expect((await here.assistant.getState({}, never)).settings.remote.voiceModelId).toBe('');
  });

  test('of a folder goes beside the whole model’s package', async () => {
    await downloaded();
    const { folder = '' } = await offered();
    await here.assistant.startConversion({ folder, voiceOnly: true }, never);
    await here.until((event) => event.type === 'conversion' && event.conversion.state === 'complete');
    expect(converted[0]).toMatchObject({ voiceOnly: true, identity: { id: 'model-voice' } });
    expect((await offered()).modelIds).toEqual([]);
  });

  test('is refused from a server that has none', async () => {
    server.files = { 'config.json': Buffer.from('{}') };
    await here.close();
    here = await open(here.folder, { ...offer, id: 'mini-voice', voiceOnly: true });
    await here.assistant.startDownload({ offerId: 'mini-voice' }, never);
    const told = await here.until((event) => event.type === 'download' && event.download.state === 'failed');
    expect(told).toMatchObject({ download: { failure: { code: 'download-bad-answer' } } });
  });
});

describe('offers of the person’s', () => {
  test('are added once, whichever way they are written, and are forgotten', async () => {
    const { offerId } = await here.assistant.addOffer({ address: 'ada/tuned' }, never);
    const again = await here.assistant.addOffer({ address: 'https://huggingface.co/ada/tuned' }, never);
    expect(again.offerId).toBe(offerId);
    expect(await offered(offerId)).toMatchObject({ name: 'tuned', official: false, kind: 'unknown' });
    await here.assistant.removeOffer({ offerId }, never);
    await expect(offered(offerId)).rejects.toThrow('No offer');
  });

  test.each(['', 'tuned', 'ftp://here/there', 'https://ada:secret@here/there', '../../etc'])(
    '"%s" is no address',
    async (address) => {
      await expect(here.assistant.addOffer({ address }, never)).rejects.toMatchObject({
        code: 'address-not-understood',
      });
    },
  );

  test('an unknown one cannot be fetched', async () => {
    await expect(here.assistant.startDownload({ offerId: 'nothing' }, never)).rejects.toMatchObject({
      code: 'offer-missing',
    });
  });
});

describe('the folder of the models', () => {
  test('may be another one; what is there is found, and new things go there', async () => {
    const folder = temporaryFolder();
    await here.assistant.updateSettings({ models: { folder } }, never);
    expect((await here.assistant.getModelLibrary({}, never)).folder).toMatchObject({ path: folder });
    await downloaded();
    expect(existsSync(join(folder, 'checkpoints', 'model', 'config.json'))).toBe(true);
  });

  test('that cannot be written is refused, and the setting stays', async () => {
    const file = join(here.folder, 'file');
    writeFileSync(file, '');
    for (const folder of [join(file, 'models'), 'models']) {
      await expect(here.assistant.updateSettings({ models: { folder } }, never)).rejects.toMatchObject({
        code: 'file-not-writable',
      });
    }
    expect((await here.assistant.getState({}, never)).settings.models.folder).toBe('');
  });

  test('a model that came with Sotto is not removed', async () => {
    await expect(here.assistant.removeModel({ modelId: 'starter' }, never)).rejects.toMatchObject({
      code: 'model-built-in',
    });
    expect(readFileSync(join(here.folder, 'packages', 'starter', 'weights.bin'), 'utf8')).toBe('test');
  });
});

test('the precision that fits this machine is told with its reason before anything is converted', async () => {
  server.files = copyTinyCheckpoint();
  await downloaded();
  const { auto, choices } = await here.assistant.choosePrecision({ offerId: 'model' }, never);
  expect(auto).toMatchObject({ precision: 'float32', reason: 'small-model' });
  expect(choices.map(({ precision }) => precision)).toEqual(['int4', 'float16', 'float32']);
  await expect(here.assistant.choosePrecision({ folder: here.folder }, never)).rejects.toMatchObject({
    code: 'model-missing',
  });
});
