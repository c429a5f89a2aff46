import type { FileDownload } from './file-download.ts';
import { fetchRange } from './fetch-range.ts';
import type { HttpClient } from './http-client.ts';
import { Patience, type PatienceOptions } from './patience.ts';
import type { Source } from './source.ts';
import { SourceProblem } from './source-problem.ts';

export interface FetchOptions {
  readonly client: HttpClient;
  readonly connections: number;
  readonly rangeBytes: number;
  readonly patience: PatienceOptions;
  readonly random: () => number;
  /** Resolves early when the signal fires. */
  readonly pause: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Times that a file may come with a wrong sum from one server: once may be the line's fault. */
const WRONG_SUMS = 2;

/**
 * Fetches what is missing of some files over several connections, in the files' order, several stretches of a large
 * file at a time. Resolves when every file has its name; rejects with the first failure that does not pass, after
 * everything under way has ended.
 */
export async function fetchFiles(
  files: readonly FileDownload[],
  source: Source,
  revision: string,
  options: FetchOptions,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const stop = new AbortController();
  const both = AbortSignal.any([signal, stop.signal]);
  const wrongSums = new Map<FileDownload, number>();
  const finishing = new Set<FileDownload>();

  const settle = async (file: FileDownload): Promise<void> => {
    if (!file.isComplete || file.isFinished || finishing.has(file)) return;
    finishing.add(file);
    const isRight = await file.finish(both);
    finishing.delete(file);
    if (isRight) return;
    const count = (wrongSums.get(file) ?? 0) + 1;
    wrongSums.set(file, count);
    if (count >= WRONG_SUMS) {
      throw new SourceProblem(
        'download-damaged',
        { host: source.host, file: file.file.path },
        { passing: false },
      );
    }
  };

  const work = async (): Promise<void> => {
    const patience = new Patience(options.patience, options.random);
    for (;;) {
      both.throwIfAborted();
      const file = files.find((one) => !one.isFinished && !finishing.has(one) && (one.isComplete || one.hasUnclaimed));
      if (!file) {
        if (files.every((one) => one.isFinished)) return;
        // Others fetch the rest; a stretch of theirs may come free again.
        await options.pause(50, both);
        continue;
      }
      if (file.isComplete) {
        await settle(file);
        continue;
      }
      const range = file.claim(options.rangeBytes);
      if (!range) continue;
      try {
        const received = (bytes: number): void => {
          patience.received(bytes);
          onBytes(bytes);
        };
        await fetchRange(
          { client: options.client, source, revision, file, range, onBytes: received },
          both,
        );
        void file.followSum(both);
      } catch (error) {
        both.throwIfAborted();
        await options.pause(patience.next(error), both);
      } finally {
        file.release(range);
      }
      await settle(file);
    }
  };

  const workers = Array.from({ length: options.connections }, () =>
    work().catch((error: unknown) => {
      stop.abort(error);
      throw error;
    }),
  );
  const results = await Promise.allSettled(workers);
  signal.throwIfAborted();
  if (stop.signal.aborted) throw stop.signal.reason;
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}
