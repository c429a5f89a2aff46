import { realpathSync } from 'node:fs';
import { freemem } from 'node:os';
import { dirname, join } from 'node:path';
import { UserError } from '../../contract/user-errors.ts';
import { Checkpoint, storedTypes, type StoredTensor } from './checkpoint.ts';
import type { CheckpointFolder, VoiceFolder } from './checkpoint-folder.ts';
import { sizeOf, tryGraph, type TrialResults } from './graph-check.ts';
import { widenToFloat32 } from './number-formats.ts';
import { OpenFiles } from './open-files.ts';
import type { Verified } from './package-manifest.ts';
import type { PackagePlan } from './package-plan.ts';
import { speechGraphs } from './speech-parts.ts';
import { multiplyStored, readWeight, rowsOf, type StoredWeight } from './stored-weight.ts';
import {
  inputsFor,
  multiply,
  productTolerance,
  relativeError,
  valueTolerance,
  windowOf,
} from './weight-check.ts';
import type { PlannedPiece } from './weight-plan.ts';
import { referencedInPlace, type WeightSource } from './weight-source.ts';
import { writeGraphs } from './write-graphs.ts';

/** Of graphs run as a whole beside the conversion: with the copies that loading makes, this stays small. */
const LARGEST_TRIAL_BYTES = 150_000_000;
/** Errors add up over the layers; what is wrong by more than this is wired wrongly. */
const graphTolerance = { float32: 1e-3, float16: 5e-2, int4: 0.8 } as const;

/**
 * Compares a package with the checkpoint that it was made of: some numbers of every tensor, products of every matrix as
 * ONNX Runtime computes them, and, where the model is small enough, whole graphs on made-up inputs.
 *
 * @throws UserError conversion-check-failed
 */
export async function checkAgainstCheckpoint(
  checkpoint: CheckpointFolder | VoiceFolder,
  plan: PackagePlan,
  folder: string,
  signal: AbortSignal,
): Promise<Verified> {
  const files = new OpenFiles();
  const found = { tensors: 0, matrices: 0, largestError: 0 };
  try {
    for (const piece of plan.weights.flatMap((file) => file.pieces)) {
      signal.throwIfAborted();
      const { values, product } = await checkPiece(piece, folder, files);
      found.tensors += 1;
      if (product !== undefined) found.matrices += 1;
      found.largestError = Math.max(found.largestError, values, product ?? 0);
    }
  } finally {
    files.close();
  }
  const graphs = await checkGraphs(checkpoint, plan, folder, signal);
  return { ...found, largestError: Number(found.largestError.toPrecision(3)), graphs };
}

async function checkPiece(
  piece: PlannedPiece,
  folder: string,
  files: OpenFiles,
): Promise<{ values: number; product: number | undefined }> {
  const { source, columns } = piece;
  const stored = storedOf(piece);
  const label = `${source.name} ${piece.firstRow}`;
  const { first, count } = windowOf(label, piece.rows);
  const right = sourceRows(source, piece.firstRow + first, count, columns, files);
  const window = rowsOf(stored, first, count);
  const form = stored.form === 'int4' || stored.form === 'int8' ? stored.form : formOf(piece);
  const values = relativeError(readWeight(window, folder, files), right);
  require(values <= valueTolerance[form], source.name, `its numbers differ by ${percent(values)}`);
  if (!isMatrix(piece)) return { values, product: undefined };
  const x = inputsFor(label, columns);
  const product = relativeError(await multiplyStored(window, folder, x), multiply(x, right, columns));
  require(product <= productTolerance[form], source.name, `its products differ by ${percent(product)}`);
  return { values, product };
}

function formOf(piece: PlannedPiece): 'exact' | 'F16' {
  return piece.encoding === 'float16' && piece.source.dtype !== 'F16' ? 'F16' : 'exact';
}

/** Tables are looked up, not multiplied. */
function isMatrix({ encoding, source }: PlannedPiece): boolean {
  if (encoding === 'int4' || encoding === 'int8') return true;
  return (
    source.shape.length === 2 &&
    source.name.endsWith('.weight') &&
    !/embedding|embed_tokens/.test(source.name)
  );
}

function storedOf(piece: PlannedPiece): StoredWeight {
  const { source, encoding, rows, columns, values, scales, zeroPoints } = piece;
  const form = encoding === 'as-stored' ? source.dtype : encoding === 'float16' ? ('F16' as const) : encoding;
  return { name: source.name, form, rows, columns, values, scales, zeroPoints };
}

function sourceRows(
  { file, byteOffset, dtype }: StoredTensor,
  first: number,
  count: number,
  columns: number,
  files: OpenFiles,
): Float32Array {
  const rowBytes = columns * storedTypes[dtype];
  const bytes = new Uint8Array(count * rowBytes);
  files.read(file, bytes, byteOffset + first * rowBytes);
  return widenToFloat32(bytes, dtype);
}

/** Graphs of the package beside the same graphs on the checkpoint's own weights. */
async function checkGraphs(
  checkpoint: CheckpointFolder | VoiceFolder,
  plan: PackagePlan,
  folder: string,
  signal: AbortSignal,
): Promise<Verified['graphs']> {
  const found: Record<string, { size: number; error?: number }> = {};
  const { tensors } = 'weights' in checkpoint ? checkpoint.weights : checkpoint.speech.flow;
  const weightBytes = [...tensors.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
  if (weightBytes > Math.min(LARGEST_TRIAL_BYTES, freemem() / 8)) return found;
  const references = referenceGraphs(checkpoint);
  for (const path of plan.graphs) {
    signal.throwIfAborted();
    const actual = await trial(path, plan.small.get(path)!, join(folder, dirname(path)));
    found[path] = { size: sizeOf(actual) };
    const reference = references.get(path);
    if (!reference) continue;
    const right = await trial(path, reference.graph, reference.folder);
    const error = Math.max(
      ...[...right].map(([name, values]) => relativeError(actual.get(name) ?? [], values)),
    );
    const { precision = 'float32' } = plan.contents;
    require(error <= graphTolerance[precision], path, `its results differ by ${percent(error)}`);
    found[path] = { size: sizeOf(actual), error: Number(error.toPrecision(3)) };
  }
  return found;
}

async function trial(path: string, graph: Uint8Array, folder: string): Promise<TrialResults> {
  try {
    return await tryGraph(graph, folder);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UserError('conversion-check-failed', { subject: path, reason }, { cause });
  }
}

interface ReferenceGraph {
  readonly graph: Uint8Array;
  /** Holds the checkpoint's weights. */
  readonly folder: string;
}

function referenceGraphs(checkpoint: CheckpointFolder | VoiceFolder): Map<string, ReferenceGraph> {
  const found = new Map<string, ReferenceGraph>();
  const keep = (graphs: ReadonlyMap<string, Uint8Array>, folder: string) => {
    for (const [path, graph] of graphs) found.set(path, { graph, folder });
  };
  const { speech } = checkpoint;
  if ('weights' in checkpoint) {
    const weights = inOneFolder(checkpoint.weights);
    if (weights) keep(writeGraphs(checkpoint.config, weights.source), weights.folder);
  }
  const [flow, vocoder] = [speech?.flow, speech?.vocoder].map((part) => part && inOneFolder(part));
  if (speech && flow && vocoder && flow.folder === vocoder.folder) {
    keep(speechGraphs(speech.config, flow.source, vocoder.source).graphs, flow.folder);
  }
  return found;
}

/** Graphs may only point into one folder, and not through links. */
function inOneFolder(weights: Checkpoint): { source: WeightSource; folder: string } | undefined {
  const tensors = [...weights.tensors].map(
    ([name, tensor]) => [name, { ...tensor, file: realpathSync(tensor.file) }] as const,
  );
  const folders = new Set(tensors.map(([, { file }]) => dirname(file)));
  const [folder] = folders;
  if (folder === undefined || folders.size > 1) return undefined;
  return { source: referencedInPlace(new Checkpoint(new Map(tensors)), folder), folder };
}

function percent(error: number): string {
  return `${(100 * error).toPrecision(3)} %`;
}

function require(holds: boolean, subject: string, reason: string): void {
  if (!holds) throw new UserError('conversion-check-failed', { subject, reason });
}
