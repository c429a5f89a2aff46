import { lstatSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ModelDescription } from '../../contract/engine-contract.ts';
import { UserError } from '../../contract/user-errors.ts';
import { externalLocationsOf } from '../onnx/external-locations.ts';
import { fileSha256 } from './file-digest.ts';
import { parseModelConfig, type ModelConfig } from './model-config.ts';
import {
  MANIFEST_FILE,
  parseAnyManifest,
  parseManifest,
  type PackageFile,
  type PackageManifest,
  type PackagePart,
  type VoiceManifest,
} from './package-manifest.ts';

/** A model package whose files are all there and whole. */
export class ModelPackage {
  readonly folder: string;
  readonly manifest: PackageManifest;
  readonly config: ModelConfig;

  constructor(folder: string, manifest: PackageManifest) {
    this.folder = folder;
    this.manifest = manifest;
    const configFile = this.pathOf('config');
    this.config = parseModelConfig(readFileSync(configFile, 'utf8'), configFile);
  }

  pathOf(part: PackagePart): string {
    return join(this.folder, this.manifest.parts[part]);
  }

  /** Whether the package ships this file, for example `recogniser/language-model.bin`. */
  has(path: string): boolean {
    return this.manifest.files.some((file) => file.path === path);
  }

  describe(): ModelDescription {
    const { id, name, description, family, version, licence, languages, speaks, wordsReplies, files } =
      this.manifest;
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return { id, name, description, family, version, licence, languages, speaks, wordsReplies, bytes };
  }
}

export interface PackageOptions {
  /** Remembers which files were found whole, so that the next start does not hash them again. */
  readonly verifiedFile?: string;
}

/** Opens a package: sizes are checked every time, SHA-256 whenever a file is new or has changed. */
export async function openModelPackage(
  folder: string,
  options: PackageOptions,
  signal: AbortSignal,
): Promise<ModelPackage> {
  const manifest = readManifest(folder);
  await requireWhole(folder, manifest.files, options, signal);
  return new ModelPackage(folder, manifest);
}

/** Some files of a package. @throws UserError model-missing or model-damaged */
export async function requireWhole(
  folder: string,
  files: readonly PackageFile[],
  { verifiedFile }: PackageOptions,
  signal: AbortSignal,
): Promise<void> {
  const known = readVerified(verifiedFile);
  const found: Record<string, string> = {};
  for (const file of files) {
    signal.throwIfAborted();
    const path = join(folder, file.path);
    const stamp = checkSize(folder, path, file);
    found[path] = stamp;
    if (known[path] !== stamp) await checkContent(path, file, { files }, signal);
  }
  if (verifiedFile) writeVerified(verifiedFile, { ...known, ...found });
}

/** Of a model; a voice alone is refused. */
export function readManifest(folder: string): PackageManifest {
  const file = join(folder, MANIFEST_FILE);
  return parseManifest(manifestIn(file), file);
}

/** Of a model, or of a voice alone. */
export function readAnyManifest(folder: string): PackageManifest | VoiceManifest {
  const file = join(folder, MANIFEST_FILE);
  return parseAnyManifest(manifestIn(file), file);
}

function manifestIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UserError('model-missing', { file }, { cause });
  }
}

/** A file's size and sum, and what a graph refers to. @throws UserError model-missing or model-damaged */
export async function checkFile(
  folder: string,
  file: PackageFile,
  manifest: Pick<PackageManifest, 'files'>,
  signal: AbortSignal,
): Promise<void> {
  const path = join(folder, file.path);
  checkSize(folder, path, file);
  await checkContent(path, file, manifest, signal);
}

/** Returns what identifies this state of the file. */
function checkSize(folder: string, path: string, file: PackageFile): string {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (!status) throw new UserError('model-missing', { file: path });
  if (!status.isFile()) throw new UserError('model-damaged', { file: path, reason: 'not a plain file' });
  if (status.size !== file.bytes) {
    throw new UserError('model-damaged', {
      file: path,
      reason: `${status.size} bytes, expected ${file.bytes}`,
    });
  }
  for (let inside = dirname(file.path); inside !== '.'; inside = dirname(inside)) {
    if (lstatSync(join(folder, inside)).isSymbolicLink()) {
      throw new UserError('model-damaged', { file: path, reason: 'behind a link' });
    }
  }
  return `${file.sha256} ${status.size} ${status.mtimeMs}`;
}

async function checkContent(
  path: string,
  file: PackageFile,
  manifest: { readonly files: readonly PackageFile[] },
  signal: AbortSignal,
): Promise<void> {
  if ((await fileSha256(path, signal)) !== file.sha256) {
    throw new UserError('model-damaged', { file: path, reason: 'its SHA-256 differs' });
  }
  if (!path.endsWith('.onnx')) return;
  const listed = new Set(manifest.files.map((other) => join(other.path)));
  for (const location of externalLocationsOf(path)) {
    const target = join(dirname(file.path), location);
    if (!listed.has(target)) {
      throw new UserError('model-damaged', {
        file: path,
        reason: `refers to ${location}, which is not in the package`,
      });
    }
  }
}

function readVerified(file: string | undefined): Record<string, string> {
  if (!file || !statSync(file, { throwIfNoEntry: false })) return {};
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, string>) : {};
  } catch {
    return {}; // A damaged memory of what was verified means that everything is hashed once more.
  }
}

function writeVerified(file: string, verified: Record<string, string>): void {
  const text = JSON.stringify(verified);
  try {
    if (statSync(file, { throwIfNoEntry: false }) && readFileSync(file, 'utf8') === text) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  } catch {
    // Where it cannot be kept (a full or read-only disk), the next start hashes again; nothing else is lost.
  }
}
