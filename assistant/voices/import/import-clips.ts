import { basename } from 'node:path';
import type { ClipImport, ImportProgress } from '../../../contract/voices.ts';
import { UserError } from '../../../contract/user-errors.ts';
import { failureOf } from '../../failures.ts';
import { contentHash } from '../clips/clip-files.ts';
import type { ClipLibrary, NewClip } from '../clips/clip-library.ts';
import { emptyDescription, type ImportItem } from './import-item.ts';
import { importSource } from './import-source.ts';
import { boundedSound, newClip } from './new-clip.ts';

/** Written in one go; what a kill loses. */
const TOGETHER = 32;
const PROBLEMS_TOLD = 20;
const PROGRESS_EVERY_MS = 200;

/**
 * Takes in a sound, a folder, a manifest or a pack as one batch. A sound that is there already is counted and left as it
 * is; one that cannot be read is told and left out. An abort keeps what was taken in: it can be taken back as a whole.
 */
export async function* importClips(
  library: ClipLibrary,
  request: Omit<ClipImport, 'consent'>,
  signal: AbortSignal,
): AsyncGenerator<ImportProgress> {
  const source = await importSource(request.path, signal);
  const batchId = library.openBatch(basename(request.path));
  const counts = { done: 0, added: 0, known: 0, left: 0 };
  const problems: { path: string; code: string }[] = [];
  let waiting: NewClip[] = [];
  const write = () => {
    library.add(waiting, batchId);
    counts.added += waiting.length;
    waiting = [];
  };
  let toldAt = 0;
  try {
    for await (const item of source.items()) {
      if (signal.aborted) break;
      if (performance.now() - toldAt > PROGRESS_EVERY_MS) {
        toldAt = performance.now();
        yield { type: 'progress', done: counts.done, total: source.total, path: item.path };
      }
      try {
        const clip = await takeIn(library, item, request, waiting);
        if (clip) waiting.push(clip);
        else counts.known += 1;
      } catch (error) {
        if (!(error instanceof UserError) || stops.has(error.code)) throw error;
        counts.left += 1;
        if (problems.length < PROBLEMS_TOLD) problems.push({ path: item.path, code: failureOf(error).code });
      }
      counts.done += 1;
      if (waiting.length >= TOGETHER) write();
      // A recording takes some ten milliseconds; between two, everything else gets its turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
    write();
    library.settle();
  } finally {
    source.close?.();
  }
  const { added, known, left } = counts;
  yield {
    type: 'end',
    batchId,
    added,
    known,
    left,
    problems,
    outcome: signal.aborted ? 'cancelled' : 'completed',
  };
}

/** What would go wrong with every further one. */
const stops: ReadonlySet<string> = new Set([
  'disk-full',
  'file-not-writable',
  'database-locked',
  'database-damaged',
]);

/** Undefined for a sound that is there already. */
async function takeIn(
  library: ClipLibrary,
  item: ImportItem,
  request: Omit<ClipImport, 'consent'>,
  waiting: readonly NewClip[],
): Promise<NewClip | undefined> {
  const isKnown = (hash: string) => library.has(hash) || waiting.some((clip) => clip.hash === hash);
  const given = await item.read();
  const givenHash = contentHash(given);
  if (item.sha256 !== undefined && item.sha256 !== givenHash)
    throw new UserError('voice-pack-damaged', { path: item.path, reason: 'hash' });
  if (isKnown(givenHash)) return undefined;
  const origin = {
    source: item.source || request.source || item.path,
    licence: item.licence || request.licence,
    recordedHere: false,
  };
  const { clip, bytes } = newClip(boundedSound(given), { ...emptyDescription, ...item.description }, origin);
  if (isKnown(clip.hash)) return undefined;
  library.files.keep(clip.hash, bytes);
  return clip;
}
