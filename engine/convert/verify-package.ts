import { freemem } from 'node:os';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { VerificationEvent, VerificationFinding } from '../../contract/model-conversion.ts';
import { UserError } from '../../contract/user-errors.ts';
import { sizeOf, tryGraph } from './graph-check.ts';
import { readGraphWeights, type GraphWeights } from './graph-weights.ts';
import { checkFile, readAnyManifest } from './model-package.ts';
import { OpenFiles } from './open-files.ts';
import type { PackageManifest, VoiceManifest } from './package-manifest.ts';
import { ProgressMeter, type Progress } from './progress-meter.ts';
import { multiplyStored, readWeight, rowsOf, type StoredWeight } from './stored-weight.ts';
import { inputsFor, multiply, productTolerance, relativeError, windowOf } from './weight-check.ts';

type AnyManifest = PackageManifest | VoiceManifest;

/** Loading a graph takes about this many times its weights, with the forms that the processor multiplies. */
const LOADING_FACTOR = 4;
/** Processors of different kinds round differently. */
const SIZE_TOLERANCE = 0.02;

/**
 * Verifies an installed package by itself: every file's sum, products of every matrix as ONNX Runtime computes them
 * against the stored numbers, and whole graphs on made-up inputs where they fit into the memory that is free.
 *
 * @throws UserError model-missing or model-damaged when model.json itself cannot be used.
 */
export async function* verifyPackage(folder: string, signal: AbortSignal): AsyncGenerator<VerificationEvent> {
  const startedMs = performance.now();
  const manifest = readAnyManifest(folder);
  let bad = 0;
  let findings = 0;
  const tell = (finding: VerificationFinding): VerificationEvent => {
    findings += 1;
    if (!finding.good) bad += 1;
    return { type: 'finding', finding };
  };
  for await (const event of verifyFiles(folder, manifest, signal)) {
    yield 'subject' in event ? tell(event) : { type: 'progress', ...event };
  }
  // Damaged files would only be found damaged again, in other words.
  if (bad === 0) {
    for await (const finding of verifyGraphs(folder, manifest, signal)) yield tell(finding);
  }
  const seconds = (performance.now() - startedMs) / 1000;
  yield { type: 'done', good: bad === 0, findings, seconds };
}

async function* verifyFiles(
  folder: string,
  manifest: AnyManifest,
  signal: AbortSignal,
): AsyncGenerator<VerificationFinding | Progress<'files'>> {
  const waiting: Progress<'files'>[] = [];
  const meter = new ProgressMeter<'files'>((progress) => waiting.push(progress));
  for (const file of manifest.files) meter.expect(file.bytes);
  for (const file of manifest.files) {
    const subject = file.path;
    try {
      await checkFile(folder, file, manifest, signal);
      yield { kind: 'file', subject, good: true };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const reason = String(error.details['reason'] ?? error.code);
      yield { kind: 'file', subject, good: false, reason };
    }
    meter.add('files', file.bytes, subject);
    yield* waiting.splice(0);
  }
}

async function* verifyGraphs(
  folder: string,
  manifest: AnyManifest,
  signal: AbortSignal,
): AsyncGenerator<VerificationFinding> {
  const files = new OpenFiles();
  try {
    for (const path of ownGraphs(manifest)) {
      const weights = readGraphWeights(folder, path);
      for (const matrix of weights.matrices) {
        signal.throwIfAborted();
        yield await verifyMatrix(matrix, folder, files);
      }
      signal.throwIfAborted();
      yield await verifyTrial(path, folder, weights, manifest);
    }
  } finally {
    files.close();
  }
}

async function verifyMatrix(
  matrix: StoredWeight,
  folder: string,
  files: OpenFiles,
): Promise<VerificationFinding> {
  const { first, count } = windowOf(matrix.name, matrix.rows);
  const window = rowsOf(matrix, first, count);
  const x = inputsFor(matrix.name, matrix.columns);
  const right = multiply(x, readWeight(window, folder, files), matrix.columns);
  const error = relativeError(await multiplyStored(window, folder, x), right);
  const tolerance =
    matrix.form === 'int4' || matrix.form === 'int8'
      ? productTolerance.int8
      : matrix.form === 'F16'
        ? productTolerance.F16
        : productTolerance.exact;
  return { kind: 'matrix', subject: matrix.name, good: error <= tolerance, error, tolerance };
}

/** The whole graph: it opens, it computes numbers, and the same ones as when the package was made. */
async function verifyTrial(
  path: string,
  folder: string,
  weights: GraphWeights,
  manifest: AnyManifest,
): Promise<VerificationFinding> {
  const about = { kind: 'graph', subject: path } as const;
  const bytes = [...weights.matrices, ...weights.others].reduce((sum, { values }) => sum + values.length, 0);
  if (bytes * LOADING_FACTOR > freemem()) {
    return { ...about, good: true, reason: 'not run as a whole: too little memory is free' };
  }
  try {
    const size = sizeOf(await tryGraph(readFileSync(join(folder, path)), join(folder, dirname(path))));
    const recorded = manifest.verified?.graphs[path]?.size;
    if (recorded === undefined) return { ...about, good: true };
    const error = Math.abs(size - recorded) / (recorded || 1);
    return { ...about, good: error <= SIZE_TOLERANCE, error, tolerance: SIZE_TOLERANCE };
  } catch (error) {
    const reason = error instanceof UserError ? String(error.details['reason']) : String(error);
    return { ...about, good: false, reason };
  }
}

/** Graphs that the converter wrote; those that came with the checkpoint have inputs of their own. */
function ownGraphs(manifest: AnyManifest): string[] {
  const { speech } = manifest;
  const own: string[] = [];
  if ('parts' in manifest) {
    const { audioEncoder, audioAdaptor, speechDecoder } = manifest.parts;
    own.push(audioEncoder, audioAdaptor, speechDecoder);
  }
  if (!speech) return own;
  const { flowEncoder, flowEstimator, speakerProjection, pitchPredictor, vocoder } = speech;
  return [...own, flowEncoder, flowEstimator, speakerProjection, pitchPredictor, vocoder];
}
