import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ConversionStage } from '../../contract/model-conversion.ts';
import type { BlockWorkers } from './block-workers.ts';
import { fileSha256 } from './file-digest.ts';
import { writingError } from './file-failures.ts';
import type { PackageFile } from './package-manifest.ts';
import type { CopiedFile } from './package-plan.ts';
import type { ProgressMeter } from './progress-meter.ts';
import { rowBlocksOf, type RowBlock } from './row-blocks.ts';
import type { PlannedFile } from './weight-plan.ts';

const COPY_BYTES = 4 * 1024 * 1024;

/** Writes the files of a package, each of them safely on the disk before it counts. */
export class PackageWriter {
  readonly #folder: string;
  readonly #workers: BlockWorkers;
  readonly #meter: ProgressMeter<ConversionStage>;

  constructor(folder: string, workers: BlockWorkers, meter: ProgressMeter<ConversionStage>) {
    this.#folder = folder;
    this.#workers = workers;
    this.#meter = meter;
  }

  /** Encodes the tensors into their places; what lies between them is zero. */
  async weights(file: PlannedFile, signal: AbortSignal): Promise<void> {
    const path = this.#pathOf(file.path);
    await this.#writing(path, async () => {
      const handle = await open(path, 'w');
      try {
        await handle.writeFile(file.preamble);
        await handle.truncate(file.bytes);
      } finally {
        await handle.close();
      }
      const onDone = (block: RowBlock) => this.#meter.add('weights', block.sourceBytes, block.tensor);
      await this.#workers.encode(this.#blocksOf(file), onDone, signal);
    });
  }

  /** Makes a written file durable and takes its sum. */
  async finish(file: Pick<PlannedFile, 'path' | 'bytes'>, signal: AbortSignal): Promise<PackageFile> {
    const path = this.#pathOf(file.path);
    const handle = await open(path, 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
    const sha256 = await fileSha256(path, signal, (count) => this.#meter.add('weights', count, file.path));
    return { path: file.path, bytes: file.bytes, sha256 };
  }

  async copy({ from, path, bytes }: CopiedFile, signal: AbortSignal): Promise<PackageFile> {
    const target = this.#pathOf(path);
    const hash = createHash('sha256');
    await this.#writing(target, async () => {
      const [source, copy] = [await open(from, 'r'), await open(target, 'w')];
      try {
        const buffer = new Uint8Array(Math.min(COPY_BYTES, Math.max(bytes, 1)));
        for (;;) {
          signal.throwIfAborted();
          const { bytesRead } = await source.read(buffer);
          if (bytesRead === 0) break;
          const piece = buffer.subarray(0, bytesRead);
          hash.update(piece);
          await copy.writeFile(piece);
          this.#meter.add('copy', bytesRead, path);
        }
        await copy.sync();
      } finally {
        await Promise.all([source.close(), copy.close()]);
      }
    });
    return { path, bytes, sha256: hash.digest('hex') };
  }

  async small(path: string, content: Uint8Array): Promise<PackageFile> {
    const target = this.#pathOf(path);
    await this.#writing(target, async () => {
      const handle = await open(target, 'w');
      try {
        await handle.writeFile(content);
        await handle.sync();
      } finally {
        await handle.close();
      }
    });
    return { path, bytes: content.byteLength, sha256: createHash('sha256').update(content).digest('hex') };
  }

  *#blocksOf(file: PlannedFile): Generator<RowBlock> {
    for (const piece of file.pieces) yield* rowBlocksOf(piece, this.#folder);
  }

  #pathOf(path: string): string {
    return join(this.#folder, path);
  }

  async #writing(path: string, write: () => Promise<void>): Promise<void> {
    try {
      mkdirSync(dirname(path), { recursive: true });
      await write();
    } catch (error) {
      throw writingError(error, path);
    }
  }
}
