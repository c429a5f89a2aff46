import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { engineModules, mainProcessModules, packModules, vectorSearchModules } from './packed-modules.ts';

export interface StageOptions {
  readonly project: string;
  readonly platform: NodeJS.Platform;
  readonly architecture: string;
}

export interface Staged {
  /** What becomes the app archive. */
  readonly app: string;
  /** Folders that lie beside the archive, because plain Node must read them. */
  readonly beside: readonly string[];
}

/** Files of a model package that a person who uses it never needs. */
const notShipped = /[\\/](training|wording|held-out|evaluation|development)([\\/]|$)/;

/**
 * Lays out the app for one platform under `dist/package`: the bundled main process and page for the archive, and
 * beside it the engine (its Node program, bundle and ONNX Runtime), the models and the resources.
 */
export async function stage({ project, platform, architecture }: StageOptions): Promise<Staged> {
  const root = join(project, 'dist', 'package');
  const app = join(root, 'app');
  const engine = join(root, 'beside', 'engine');
  const from = (...parts: string[]): string => join(project, ...parts);
  await rm(root, { recursive: true, force: true });
  await mkdir(engine, { recursive: true });

  await cp(from('dist', 'electron'), join(app, 'dist', 'electron'), { recursive: true });
  await cp(from('dist', 'renderer'), join(app, 'dist', 'renderer'), { recursive: true });
  for (const file of ['LICENSE', 'THIRD_PARTY_NOTICES.md']) await cp(from(file), join(app, file));
  await writeFile(join(app, 'package.json'), await appDescription(project));
  await packModules(
    mainProcessModules,
    from('node_modules'),
    join(app, 'node_modules'),
    platform,
    architecture,
  );

  await cp(from('dist', 'electron'), engine, {
    recursive: true,
    filter: (path) => !/(main|preload)\.c?js(\.map)?$/.test(path) || /(engine|convert)-main/.test(path),
  });
  await writeFile(join(engine, 'package.json'), '{ "type": "module" }\n');
  const installed = vectorSearchModules(platform, architecture).filter((name) =>
    existsSync(from('node_modules', name)),
  );
  for (const name of installed)
    await cp(from('node_modules', name), join(app, 'node_modules', name), { recursive: true });
  await packModules(
    engineModules,
    from('node_modules'),
    join(engine, 'node_modules'),
    platform,
    architecture,
  );
  const nodeName = platform === 'win32' ? 'node.exe' : 'node';
  await cp(from('node_modules', 'node', 'bin', nodeName), join(engine, nodeName), { dereference: true });
  await chmod(join(engine, nodeName), 0o755);

  const models = join(root, 'beside', 'models');
  await cp(from('models'), models, { recursive: true, filter: (path) => !notShipped.test(path) });
  const resources = join(root, 'beside', 'resources');
  await cp(from('resources'), resources, { recursive: true });
  return { app, beside: [engine, models, resources] };
}

/** The app's own package.json: what Electron reads, and nothing that a packager could want to install. */
async function appDescription(project: string): Promise<string> {
  const whole = JSON.parse(await readFile(join(project, 'package.json'), 'utf8')) as Record<string, unknown>;
  const { name, productName, version, description, license, author, type, main } = whole;
  return `${JSON.stringify({ name, productName, version, description, license, author, type, main }, null, 2)}\n`;
}
