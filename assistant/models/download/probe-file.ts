import type { HttpClient } from './http-client.ts';
import type { FileSum, ListedFile } from './listed-file.ts';
import { isPage, pageInstead } from './read-json.ts';
import { badAnswer, SourceProblem, statusProblem } from './source-problem.ts';

const sha256 = /^"?([0-9a-f]{64})"?$/;

/** Asks for one byte to learn how long a file is. Undefined where there is no such file; throws SourceProblem. */
export async function probeFile(
  client: HttpClient,
  address: URL,
  path: string,
  token: string | undefined,
  signal: AbortSignal,
): Promise<ListedFile | undefined> {
  const answer = await client.get({ address, token, headers: { range: 'bytes=0-0' } }, signal);
  answer.discard();
  const { host, headers, status } = answer;
  const problem = statusProblem(status, headers, host, path, Date.now());
  if (problem?.code === 'download-not-found') return undefined;
  if (status === 416) return { path, bytes: 0 };
  if (problem) throw problem;
  if (isPage(headers)) throw pageInstead(host, path);
  const total =
    status === 206
      ? /^bytes \d+-\d+\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1]
      : headers.get('content-length');
  const bytes = Number(total);
  if (total === undefined || !Number.isSafeInteger(bytes)) throw badAnswer(host, `no length of ${path}`);
  const sum = linkedSum(answer.earlierHeaders[0] ?? headers);
  return sum ? { path, bytes, sum } : { path, bytes };
}

/** Mirrors of Hugging Face tell the content's SHA-256 where they redirect to the store. */
export function linkedSum(headers: ReadonlyMap<string, string>): FileSum | undefined {
  const value = sha256.exec(headers.get('x-linked-etag') ?? '')?.[1];
  return value ? { algorithm: 'sha256', value } : undefined;
}

/** For a file that must be there. */
export function requireFile(file: ListedFile | undefined, host: string, path: string): ListedFile {
  if (!file) throw new SourceProblem('download-not-found', { host, file: path }, { passing: false });
  return file;
}
