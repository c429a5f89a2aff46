import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { dataFolder } from '../../assistant/data-folder.ts';
import { readModelPackage } from '../../assistant/models/model-package.ts';
import { isHttpAddress } from '../../contract/http-address.ts';
import type { Engine, LoadRequest, ModelDescription } from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';
import { projectPaths } from '../../headless/project-paths.ts';

export interface ModelWish {
  /** A package's folder, the id of an installed model, or the http(s) address of a server. */
  readonly model: string;
  /** What the server calls the model. */
  readonly served: string;
  readonly thinks: boolean;
  /** For the server; empty = none. */
  readonly key: string;
  readonly provider: LoadRequest['provider'];
  readonly threads: number;
}

export interface ModelUnderTest {
  readonly description: ModelDescription;
  readonly provider: string;
  /** The other machine; empty where the model runs here. */
  readonly host: string;
  /** Tells one model from another. */
  readonly identity: string;
}

/** Loads what was asked for. @throws UserError model-missing and whatever loading throws */
export async function loadModel(
  wish: ModelWish,
  engine: Engine,
  signal: AbortSignal,
): Promise<ModelUnderTest> {
  const request = loadRequest(wish);
  for await (const event of engine.load(request, signal)) {
    if (event.type !== 'ready') continue;
    const { model, provider } = event;
    const host = request.remote ? new URL(request.remote.url).host : '';
    const where = request.remote
      ? [host, wish.served, String(wish.thinks)]
      : [contentOf(request.packageFolder)];
    const identity = [model.id, model.version, ...where].join('|');
    return { description: model, provider: provider.chosen, host, identity };
  }
  throw new UserError('model-not-loaded');
}

function loadRequest({ model, served, thinks, key, provider, threads }: ModelWish): LoadRequest {
  if (!isHttpAddress(model)) return { packageFolder: packageFolder(model), provider, threads };
  const remote = { url: model, model: served, key, thinks, allowPlainHttp: false, proxy: '' };
  return { packageFolder: '', remote, provider, threads };
}

function packageFolder(model: string): string {
  const folders = [
    resolve(model),
    join(projectPaths.models, model),
    join(dataFolder(undefined).modelsFolder, model),
  ];
  const found = folders.find((folder) => existsSync(join(folder, 'model.json')) && readModelPackage(folder));
  if (!found) throw new UserError('model-missing', { file: join(resolve(model), 'model.json') });
  return found;
}

/** A package that was made anew may keep its name and version; `model.json` holds the hashes of all its files. */
function contentOf(folder: string): string {
  return createHash('sha256')
    .update(readFileSync(join(folder, 'model.json')))
    .digest('hex')
    .slice(0, 16);
}
