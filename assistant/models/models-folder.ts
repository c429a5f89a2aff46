import { rm } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { ModelLibrary as LibraryView } from '../../contract/model-library.ts';
import type { Settings } from '../../contract/settings.ts';
import { UserError } from '../../contract/user-errors.ts';
import { failureOf } from '../failures.ts';
import { diskError } from './download/disk-error.ts';
import { freeBytesAt, requireWritable } from './download/disk-room.ts';

/** Downloaded files lie here, below the folder of the models. */
const FILES_FOLDER = 'checkpoints';

/** Where models are kept: the person's choice, else the data folder's. Those that came with Sotto lie elsewhere. */
export class ModelsFolder {
  private readonly settings: () => Settings;
  private readonly defaultFolder: string;
  private readonly builtInFolders: readonly string[];

  constructor(settings: () => Settings, defaultFolder: string, builtInFolders: readonly string[]) {
    this.settings = settings;
    this.defaultFolder = defaultFolder;
    this.builtInFolders = builtInFolders.map((folder) => resolve(folder));
  }

  /** Where new packages go. */
  get path(): string {
    const { folder } = this.settings().models;
    return folder ? resolve(folder) : this.defaultFolder;
  }

  /** Where downloaded files go. */
  get files(): string {
    return join(this.path, FILES_FOLDER);
  }

  /** Where packages are looked for; a folder that was chosen before stays in use through the default one. */
  get all(): string[] {
    const kept = [...new Set([this.path, this.defaultFolder])];
    return [...this.builtInFolders, ...kept.flatMap((folder) => [folder, join(folder, FILES_FOLDER)])];
  }

  isBuiltIn(packageFolder: string): boolean {
    return this.builtInFolders.includes(dirname(packageFolder));
  }

  async view(): Promise<LibraryView['folder']> {
    const { path } = this;
    try {
      await requireWritable(path);
      return { path, freeBytes: await freeBytesAt(path) };
    } catch (error) {
      return { path, failure: failureOf(error) };
    }
  }

  /** Deletes a package that lies directly in one of the folders. Throws UserError `model-built-in`. */
  async deletePackage(packageFolder: string, modelId: string): Promise<void> {
    const isOurs = this.all.includes(dirname(packageFolder)) && !this.isBuiltIn(packageFolder);
    if (!isOurs) throw new UserError('model-built-in', { model: modelId });
    try {
      await rm(packageFolder, { recursive: true, force: true, maxRetries: 3 });
    } catch (error) {
      throw diskError(error, packageFolder);
    }
  }
}

/** What a person typed as a folder. Throws UserError when it is not a whole path. */
export function wholePath(folder: string): string {
  if (!isAbsolute(folder)) {
    throw new UserError('file-not-writable', { path: folder, reason: 'not a whole path' });
  }
  return resolve(folder);
}
