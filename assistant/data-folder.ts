import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { fileError } from './file-errors.ts';

/** Where everything that the assistant keeps lives. One folder, so that it can be copied or thrown away whole. */
export interface DataFolder {
  readonly path: string;
  readonly settingsFile: string;
  /** The key for the other machine, alone. */
  readonly remoteKeyFile: string;
  readonly databaseFile: string;
  /** Packages that the person installed. */
  readonly modelsFolder: string;
  /** WAV files of voices that models take on. */
  readonly voicesFolder: string;
  /** The sounds of the voice library. */
  readonly clipsFolder: string;
}

/** The folder given, else `SOTTO_DATA_FOLDER`, else the system's place for such data. Nothing is created. */
export function dataFolder(
  given: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): DataFolder {
  const path = resolve(given ?? (environment.SOTTO_DATA_FOLDER || envPaths('Sotto', { suffix: '' }).data));
  return {
    path,
    settingsFile: join(path, 'settings.json'),
    remoteKeyFile: join(path, 'remote-key'),
    databaseFile: join(path, 'sotto.db'),
    modelsFolder: join(path, 'models'),
    voicesFolder: join(path, 'voices'),
    clipsFolder: join(path, 'voices', 'clips'),
  };
}

/** Readable by its owner alone: it holds what somebody said. */
export function createDataFolder(folder: DataFolder): void {
  try {
    mkdirSync(folder.path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw fileError(error, folder.path);
  }
}
