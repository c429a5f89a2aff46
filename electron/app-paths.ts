import { app } from 'electron';
import { join } from 'node:path';

export interface AppPaths {
  readonly preload: string;
  readonly renderer: string;
  readonly resources: string;
  readonly models: string;
  /** The plain Node program that runs the engine, and the file it runs. */
  readonly nodeBinary: string;
  readonly engineMain: string;
}

/**
 * Where things lie: in the project folder, or inside the packaged app. Plain Node cannot read an asar archive, so
 * what the engine process needs lies beside it, under the app's resources.
 */
export function appPaths(): AppPaths {
  const root = app.getAppPath();
  const built = join(root, 'dist', 'electron');
  const windows = process.platform === 'win32';
  if (!app.isPackaged) {
    return {
      preload: join(built, 'preload.cjs'),
      renderer: join(root, 'dist', 'renderer'),
      resources: join(root, 'resources'),
      models: join(root, 'models'),
      nodeBinary: join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node'),
      engineMain: join(built, 'engine-main.js'),
    };
  }
  const beside = process.resourcesPath;
  return {
    preload: join(built, 'preload.cjs'),
    renderer: join(root, 'dist', 'renderer'),
    resources: join(beside, 'resources'),
    models: join(beside, 'models'),
    nodeBinary: join(beside, 'engine', windows ? 'node.exe' : 'node'),
    engineMain: join(beside, 'engine', 'engine-main.js'),
  };
}
