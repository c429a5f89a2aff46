import type { ByteRange } from './byte-ranges.ts';
import type { FileDownload } from './file-download.ts';
import type { HttpAnswer, HttpClient } from './http-client.ts';
import { linkedSum } from './probe-file.ts';
import { isPage, looksLikePage, pageInstead } from './read-json.ts';
import type { Source } from './source.ts';
import { badAnswer, SourceProblem, statusProblem } from './source-problem.ts';

const MOST_RESTARTS = 3;

export interface RangeFetch {
  readonly client: HttpClient;
  readonly source: Source;
  readonly revision: string;
  readonly file: FileDownload;
  readonly range: ByteRange;
  /** Told of every piece that lies on the disk, with its length. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * Fetches one stretch of a file and writes it where it belongs, as it comes. What has been written stays when the rest
 * fails. An answer that is not exactly what was asked for is a SourceProblem, before a byte of it is kept.
 */
export async function fetchRange(fetch: RangeFetch, signal: AbortSignal): Promise<void> {
  const { client, source, revision, file, range } = fetch;
  const { generation, isWhole, validator } = file;
  const address = source.addressOf(file.file.path, revision);
  const answer = await client.get(
    { address, token: source.token, headers: isWhole ? {} : rangeHeaders(range, validator) },
    signal,
  );
  let start: number;
  try {
    start = await firstByte(fetch, answer);
    if (generation !== file.generation) throw changed(file, answer.host);
  } catch (error) {
    answer.discard();
    throw error;
  }
  await take(fetch, answer, start, generation);
}

function rangeHeaders({ start, end }: ByteRange, validator: string | undefined): Record<string, string> {
  const range = { range: `bytes=${start}-${end - 1}` };
  // A weak name does not promise the same bytes, so no server may answer it with a part.
  return validator && !validator.startsWith('W/') ? { ...range, 'if-range': validator } : range;
}

/** Judges the answer's head. Resolves to the place of its first byte in the file. */
async function firstByte({ file, range }: RangeFetch, answer: HttpAnswer): Promise<number> {
  const { host, headers, status } = answer;
  const { path, bytes, sum } = file.file;
  if (status === 416) {
    await file.restart();
    throw badAnswer(host, `${path} is shorter than announced`);
  }
  const problem = statusProblem(status, headers, host, path, Date.now());
  if (problem) throw problem;
  if (isPage(headers)) throw pageInstead(host, path);
  const encoding = headers.get('content-encoding') ?? 'identity';
  if (encoding !== 'identity') throw badAnswer(host, `${path} came packed as ${encoding}`, false);
  const linked = linkedSum(answer.earlierHeaders[0] ?? headers);
  if (linked && sum?.algorithm === 'sha256' && linked.value !== sum.value) {
    throw new SourceProblem('download-changed', { host, file: path }, { passing: false });
  }
  await compareValidator(file, headers, host);
  if (status === 206) return partStart(headers, range, bytes, host);
  const length = headers.get('content-length');
  if (length !== undefined && Number(length) !== bytes) {
    throw badAnswer(host, `${path} has ${length} bytes instead of ${bytes}`);
  }
  const isAll = range.start === 0 && range.end === bytes;
  if (file.isWhole || isAll) return 0;
  // It does not know of ranges: from now on one connection takes the file from end to end.
  file.isWhole = true;
  throw badAnswer(host, 'the whole file instead of a part');
}

/** The same name as before, or everything that came under the former one is worth nothing. */
async function compareValidator(file: FileDownload, headers: HttpAnswer['headers'], host: string): Promise<void> {
  const validator = headers.get('etag') ?? headers.get('last-modified');
  // A server that names its content only now and then is believed where a sum decides in the end.
  if (validator === undefined && file.file.sum) return;
  if (file.validator !== undefined && validator !== file.validator) {
    await file.restart();
    file.validator = validator;
    throw changed(file, host);
  }
  file.validator = validator;
}

function partStart(headers: HttpAnswer['headers'], range: ByteRange, bytes: number, host: string): number {
  const told = headers.get('content-range') ?? '';
  const match = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(told);
  const [start, last, total] = match ? match.slice(1) : [];
  const isRight =
    Number(start) === range.start &&
    Number(last) >= range.start &&
    Number(last) < range.end &&
    (total === '*' || Number(total) === bytes);
  if (!isRight) throw badAnswer(host, `the part "${told}" instead of ${range.start}-${range.end - 1}`);
  const length = headers.get('content-length');
  if (length !== undefined && Number(length) !== Number(last) - range.start + 1) {
    throw badAnswer(host, 'a length that contradicts the part');
  }
  return range.start;
}

async function take(
  fetch: RangeFetch,
  { body, host, discard }: HttpAnswer,
  first: number,
  generation: number,
): Promise<void> {
  const { file, range, onBytes } = fetch;
  let position = first;
  for await (const chunk of body) {
    if (generation !== file.generation) throw changed(file, host);
    if (position === 0 && looksLikePage(Buffer.from(chunk.subarray(0, 200)).toString('latin1'))) {
      discard();
      throw pageInstead(host, file.file.path);
    }
    const skipped = Math.max(0, range.start - position);
    const wanted = chunk.subarray(skipped, Math.max(skipped, range.end - position));
    if (wanted.length > 0) {
      await file.write(wanted, position + skipped, generation);
      onBytes(wanted.length);
    }
    position += chunk.length;
    if (position > range.end) throw badAnswer(host, 'more than was asked for');
  }
  if (position < range.end) {
    throw new SourceProblem(
      'download-bad-answer',
      { host, reason: `the answer ended ${range.end - position} bytes too early` },
      { passing: true },
    );
  }
}

/** A file that never keeps still is not worth starting over again and again. */
function changed(file: FileDownload, host: string): SourceProblem {
  const passing = file.generation <= MOST_RESTARTS;
  return new SourceProblem('download-changed', { host, file: file.file.path }, { passing });
}
