import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { ModelCatalogue } from '../../../assistant/models/model-catalogue.ts';
import { ModelHost } from '../../../assistant/models/model-host.ts';
import { findWrongSum } from '../../../assistant/models/model-package.ts';
import { ScriptedEngine, scriptedModel } from '../scripted-engine.ts';
import { modelsFolder, never, temporaryFolder } from '../running-assistant.ts';

let packages: string;
let catalogue: ModelCatalogue;
let engine: ScriptedEngine;
let chosenProvider: 'auto' | 'cpu';
beforeEach(() => {
  packages = modelsFolder(temporaryFolder());
  catalogue = new ModelCatalogue(() => [packages, '/nowhere/at/all']);
  engine = new ScriptedEngine();
  chosenProvider = 'auto';
});

function host(progress: string[] = []): ModelHost {
  return new ModelHost({
    engine,
    catalogue,
    wish: (modelId) => {
      const { folder, description } = catalogue.require(modelId);
      return { request: { packageFolder: folder, provider: chosenProvider, threads: 0 }, description };
    },
    circumstances: () => chosenProvider,
    remote: () => ({ isSelected: false, description: scriptedModel, host: '' }),
    onProgress: (_, stage) => progress.push(stage),
    onChange: () => {},
  });
}

test('installed packages are listed with what they say about themselves; other folders are not', () => {
  mkdirSync(join(packages, 'not-a-model'));
  expect(catalogue.list().map((entry) => entry.model?.description)).toMatchObject([
    { id: 'starter', bytes: 4, speaks: 'light-voice' },
  ]);
});

test('a file that is gone, of the wrong size or outside of the package is found before loading', () => {
  appendFileSync(join(packages, 'starter', 'weights.bin'), '!');
  expect(() => catalogue.require('starter')).toThrow('model-damaged');
  rmSync(join(packages, 'starter', 'weights.bin'));
  expect(() => catalogue.require('starter')).toThrow('model-missing');
  const evil = join(packages, 'evil');
  mkdirSync(evil);
  const files = [{ path: '../starter/model.json', bytes: 1, sha256: '' }];
  writeFileSync(join(evil, 'model.json'), JSON.stringify({ id: 'evil', name: 'Evil', files }));
  expect(() => catalogue.require('evil')).toThrow('model-damaged');
  expect(() => catalogue.require('nothing')).toThrow('model-missing');
});

test('a description that cannot be read is listed as damaged, and the others stay usable', () => {
  mkdirSync(join(packages, 'broken'));
  writeFileSync(join(packages, 'broken', 'model.json'), '{"id": ');
  expect(host().all()).toMatchObject([
    { id: 'broken', state: 'failed', failure: { code: 'model-damaged' } },
    { id: 'starter', state: 'unloaded' },
  ]);
});

test('a changed byte is found by its sum', async () => {
  expect(await findWrongSum(catalogue.require('starter'), never)).toBeUndefined();
  writeFileSync(join(packages, 'starter', 'weights.bin'), 'tesT');
  expect(await findWrongSum(catalogue.require('starter'), never)).toMatchObject({ path: 'weights.bin' });
});

test('many who ask at once cause one load, and one who leaves does not stop it', async () => {
  const progress: string[] = [];
  const models = host(progress);
  const leaving = new AbortController();
  const left = models.ensureLoaded('starter', leaving.signal);
  const all = Promise.all([models.ensureLoaded('starter', never), models.ensureLoaded('starter', never)]);
  expect(models.status('starter').state).toBe('loading');
  leaving.abort(new Error('gone'));
  await expect(left).rejects.toThrow('gone');
  await all;
  expect(engine.loads).toHaveLength(1);
  expect(progress).toEqual(['weights']);
  expect(models.status('starter')).toMatchObject({ state: 'ready', provider: { chosen: 'cpu' } });
});

test('another provider in the settings means loading anew; a lost engine too', async () => {
  const models = host();
  await models.ensureLoaded('starter', never);
  chosenProvider = 'cpu';
  await models.ensureLoaded('starter', never);
  models.lost();
  expect(models.status('starter').state).toBe('unloaded');
  await models.ensureLoaded('starter', never);
  expect(engine.loads.map((load) => load.provider)).toEqual(['auto', 'cpu', 'cpu']);
});

test('a load that fails is told in the status and may be tried again', async () => {
  const models = host();
  rmSync(join(packages, 'starter', 'weights.bin'));
  await expect(models.ensureLoaded('starter', never)).rejects.toMatchObject({ code: 'model-missing' });
  expect(models.status('starter')).toMatchObject({ state: 'missing', failure: { code: 'model-missing' } });
  writeFileSync(join(packages, 'starter', 'weights.bin'), 'test');
  await models.ensureLoaded('starter', never);
  expect(models.status('starter')).toMatchObject({ state: 'ready', failure: undefined });
});
