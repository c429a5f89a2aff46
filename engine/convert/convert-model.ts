import { existsSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { availableParallelism } from 'node:os';
import { ItemQueue } from '../../contract/calls/item-queue.ts';
import type {
  ConversionEvent,
  ConversionRequest,
  ConversionStage,
  PrecisionChoice,
} from '../../contract/model-conversion.ts';
import { BlockWorkers } from './block-workers.ts';
import {
  openCheckpointFolder,
  openVoiceFolder,
  type CheckpointFolder,
  type VoiceFolder,
} from './checkpoint-folder.ts';
import { ConversionJournal, conversionKey, JOURNAL_FILE } from './conversion-journal.ts';
import { checkAgainstCheckpoint } from './conversion-check.ts';
import { fileSha256 } from './file-digest.ts';
import { packageIdentity } from './package-identity.ts';
import { MANIFEST_FILE, manifestText, type PackageFile } from './package-manifest.ts';
import { planPackage, planVoice, type PackagePlan } from './package-plan.ts';
import { PackageWriter } from './package-writer.ts';
import { choosePrecision, chooseVoicePrecision } from './precision-choice.ts';
import { ProgressMeter } from './progress-meter.ts';
import { speechTensors } from './speech-parts.ts';
import { LARGEST_FILE_BYTES } from './weight-plan.ts';
import {
  freeBytes,
  makeFolder,
  moveIntoPlace,
  requireReplaceable,
  requireSpace,
  workFolderOf,
} from './work-folder.ts';

export interface ConvertOptions {
  /** A program that calls `answerRowBlocks` when it is a thread. Without it this thread does all the work. */
  readonly workerProgram?: string;
  readonly largestFileBytes?: number;
  /** Of this machine, for `auto`. */
  readonly totalMemoryBytes?: number;
}

/** More threads than this only wait for the disk. */
const MOST_WORKERS = 8;

/**
 * Makes a model package from a checkpoint in the official layout, tensor by tensor, so that memory stays small
 * whatever the size. The package appears under its name when it is complete and verified; until then the work lies
 * beside it, and the same request goes on from the files that are finished.
 */
export async function* convertModel(
  request: ConversionRequest,
  options: ConvertOptions,
  signal: AbortSignal,
): AsyncGenerator<ConversionEvent> {
  const startedMs = performance.now();
  const { outputFolder } = request;
  requireReplaceable(outputFolder);
  const { checkpoint, choice, plan } = request.voiceOnly
    ? voiceConversion(request, options)
    : modelConversion(request, options);
  const workFolder = workFolderOf(outputFolder);
  const journal = new ConversionJournal(workFolder);
  const key = conversionKey(checkpoint, plan);
  const earlier = journal.finished(key);
  if (earlier.size === 0) rmSync(workFolder, { recursive: true, force: true });
  const packageBytes = bytesOf(plan.weights) + bytesOf(plan.copies) + smallBytes(plan);
  const finishedBytes = bytesOf(earlier.values());
  const free = freeBytes(workFolder);
  yield { type: 'plan', choice, packageBytes, finishedBytes, freeBytes: free };
  requireSpace(outputFolder, packageBytes - finishedBytes, free);
  makeFolder(workFolder);
  if (earlier.size === 0) journal.begin(key);

  const events = new ItemQueue<ConversionEvent>();
  const left = new AbortController();
  const either = AbortSignal.any([signal, left.signal]);
  const meter = new ProgressMeter<ConversionStage>((progress) =>
    events.push({ type: 'progress', ...progress }),
  );
  const work = new Conversion(checkpoint, plan, workFolder, journal, meter, options);
  const modelId = (identity: { id: string }) => {
    const seconds = (performance.now() - startedMs) / 1000;
    const { precision } = choice;
    return {
      type: 'done',
      packageFolder: outputFolder,
      modelId: identity.id,
      precision,
      packageBytes,
      seconds,
    } as const;
  };
  const identity = packageIdentity(checkpoint, choice.precision, request.identity);
  const done = work
    .run(identity, earlier, either)
    .then(() => {
      either.throwIfAborted();
      moveIntoPlace(workFolder, outputFolder);
      rmSync(join(outputFolder, JOURNAL_FILE), { force: true });
      events.push(modelId(identity));
      events.end();
    })
    .catch((error: unknown) => events.fail(error));
  try {
    yield* events;
  } finally {
    left.abort();
    await done;
  }
}

interface PlannedConversion {
  readonly checkpoint: CheckpointFolder | VoiceFolder;
  readonly choice: PrecisionChoice;
  readonly plan: PackagePlan;
}

function modelConversion(request: ConversionRequest, options: ConvertOptions): PlannedConversion {
  const checkpoint = openCheckpointFolder(request.checkpointFolder);
  const tensors = {
    main: [...checkpoint.weights.tensors.values()],
    speech: checkpoint.speech ? speechTensors(checkpoint.speech) : [],
  };
  const choice = choosePrecision(request.precision, tensors, request.provider, options.totalMemoryBytes);
  const plan = planPackage(checkpoint, choice.precision, options.largestFileBytes ?? LARGEST_FILE_BYTES);
  return { checkpoint, choice, plan };
}

function voiceConversion(request: ConversionRequest, options: ConvertOptions): PlannedConversion {
  const checkpoint = openVoiceFolder(request.checkpointFolder);
  const { precision, ...about } = chooseVoicePrecision(
    request.precision,
    speechTensors(checkpoint.speech),
    options.totalMemoryBytes,
  );
  const plan = planVoice(checkpoint, precision, options.largestFileBytes ?? LARGEST_FILE_BYTES);
  return { checkpoint, choice: { precision, ...about }, plan };
}

/** One run, from reading the first tensor to writing model.json. */
class Conversion {
  readonly #checkpoint: CheckpointFolder | VoiceFolder;
  readonly #plan: PackagePlan;
  readonly #folder: string;
  readonly #journal: ConversionJournal;
  readonly #meter: ProgressMeter<ConversionStage>;
  readonly #options: ConvertOptions;

  constructor(
    checkpoint: CheckpointFolder | VoiceFolder,
    plan: PackagePlan,
    folder: string,
    journal: ConversionJournal,
    meter: ProgressMeter<ConversionStage>,
    options: ConvertOptions,
  ) {
    this.#checkpoint = checkpoint;
    this.#plan = plan;
    this.#folder = folder;
    this.#journal = journal;
    this.#meter = meter;
    this.#options = options;
  }

  async run(
    identity: ReturnType<typeof packageIdentity>,
    earlier: ReadonlyMap<string, PackageFile>,
    signal: AbortSignal,
  ): Promise<void> {
    this.#expect(earlier);
    const files = await this.#stillWhole(earlier, signal);
    const count = Math.max(1, Math.min(MOST_WORKERS, availableParallelism()));
    const workers = new BlockWorkers(count, this.#options.workerProgram);
    try {
      const writer = new PackageWriter(this.#folder, workers, this.#meter);
      await this.#writeWeights(writer, files, signal);
      for (const copy of this.#plan.copies) {
        if (!files.has(copy.path)) this.#finished(files, await writer.copy(copy, signal));
      }
      for (const [path, bytes] of this.#plan.small) files.set(path, await writer.small(path, bytes));
      this.#meter.add('check', 0, '');
      const verified = await checkAgainstCheckpoint(this.#checkpoint, this.#plan, this.#folder, signal);
      this.#meter.add('finish', 0, MANIFEST_FILE);
      const manifest = manifestText({
        ...identity,
        ...this.#plan.contents,
        verified,
        files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
      });
      await writer.small(MANIFEST_FILE, new TextEncoder().encode(manifest));
    } finally {
      await workers.close();
    }
  }

  #expect(earlier: ReadonlyMap<string, PackageFile>): void {
    for (const file of this.#plan.weights) {
      const sources = file.pieces.reduce((sum, piece) => sum + sourceBytes(piece), 0);
      this.#meter.expect(file.bytes + (earlier.has(file.path) ? 0 : sources));
    }
    for (const copy of this.#plan.copies) this.#meter.expect(copy.bytes);
  }

  /** What an earlier run finished and nobody has touched since. */
  async #stillWhole(
    earlier: ReadonlyMap<string, PackageFile>,
    signal: AbortSignal,
  ): Promise<Map<string, PackageFile>> {
    const whole = new Map<string, PackageFile>();
    for (const file of earlier.values()) {
      const path = join(this.#folder, file.path);
      if (!existsSync(path) || statSync(path).size !== file.bytes) continue;
      const sum = await fileSha256(path, signal, (count) => this.#meter.add('resume', count, file.path));
      if (sum === file.sha256) whole.set(file.path, file);
    }
    return whole;
  }

  /** One file is made durable and summed while the next is encoded. */
  async #writeWeights(
    writer: PackageWriter,
    files: Map<string, PackageFile>,
    signal: AbortSignal,
  ): Promise<void> {
    let finishing = Promise.resolve();
    try {
      for (const file of this.#plan.weights) {
        if (files.has(file.path)) continue;
        await writer.weights(file, signal);
        await finishing;
        finishing = writer.finish(file, signal).then((entry) => this.#finished(files, entry));
        finishing.catch(() => {}); // It is thrown where it is awaited.
      }
    } finally {
      await finishing;
    }
  }

  #finished(files: Map<string, PackageFile>, file: PackageFile): void {
    this.#journal.add(file);
    files.set(file.path, file);
  }
}

function sourceBytes({ source, rows }: PackagePlan['weights'][number]['pieces'][number]): number {
  return (source.byteLength / (source.shape[0] ?? 1)) * rows;
}

function bytesOf(files: Iterable<{ readonly bytes: number }>): number {
  let sum = 0;
  for (const { bytes } of files) sum += bytes;
  return sum;
}

function smallBytes(plan: PackagePlan): number {
  return bytesOf([...plan.small.values()].map(({ byteLength }) => ({ bytes: byteLength })));
}
