import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../contract/user-errors.ts';
import { findDamage, readModelPackage, type ModelPackage } from './model-package.ts';

export interface CatalogueEntry {
  readonly id: string;
  readonly folder: string;
  /** Undefined when `model.json` itself cannot be read. */
  readonly model: ModelPackage | undefined;
  /** Why it cannot be loaded. */
  readonly damage: UserError | undefined;
}

/** Every model package in some folders. Read from disk each time: packages come and go while Sotto runs. */
export class ModelCatalogue {
  private readonly folders: () => readonly string[];

  /** `folders` is asked each time: the person may choose another one. */
  constructor(folders: () => readonly string[]) {
    this.folders = folders;
  }

  list(): CatalogueEntry[] {
    const entries = this.folders().flatMap((parent) => foldersIn(parent).map((name) => entryOf(parent, name)));
    const found = new Map<string, CatalogueEntry>();
    for (const entry of entries) if (entry && !found.has(entry.id)) found.set(entry.id, entry);
    return [...found.values()];
  }

  get(id: string): CatalogueEntry | undefined {
    return this.list().find((entry) => entry.id === id);
  }

  /** The package to load. Throws UserError `model-missing` or `model-damaged`. */
  require(id: string): ModelPackage {
    const entry = this.get(id);
    if (!entry) throw new UserError('model-missing', { model: id });
    if (entry.damage) throw entry.damage;
    return entry.model as ModelPackage;
  }
}

function foldersIn(parent: string): string[] {
  try {
    return readdirSync(parent, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
      .map((entry) => entry.name)
      .filter((name) => !name.startsWith('.') && !name.endsWith('.partial'))
      .sort();
  } catch (error) {
    // A folder on a disk that is not there, or not ours to read, holds no models.
    const { code = '' } = error as NodeJS.ErrnoException;
    if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EIO'].includes(code)) return [];
    throw error;
  }
}

function entryOf(parent: string, name: string): CatalogueEntry | undefined {
  const folder = join(parent, name);
  try {
    const model = readModelPackage(folder);
    return model && { id: model.description.id, folder, model, damage: findDamage(model) };
  } catch (error) {
    if (error instanceof UserError) return { id: name, folder, model: undefined, damage: error };
    throw error;
  }
}
