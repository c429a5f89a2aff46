import type { HttpAnswer, HttpClient, HttpQuestion } from './http-client.ts';
import { badAnswer, SourceProblem, statusProblem } from './source-problem.ts';

const LARGEST_BYTES = 8_000_000;

/** A small answer as JSON of unknown shape, with its bytes and headers. Throws SourceProblem. */
export async function readJson(
  client: HttpClient,
  question: HttpQuestion,
  file: string,
  signal: AbortSignal,
): Promise<{ value: unknown; text: Buffer; headers: HttpAnswer['headers'] }> {
  const answer = await client.get(question, signal);
  const { host, headers } = answer;
  const problem = statusProblem(answer.status, headers, host, file, Date.now());
  if (problem ?? isPage(headers)) {
    answer.discard();
    throw problem ?? pageInstead(host, file);
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body) {
    bytes += chunk.length;
    if (bytes > LARGEST_BYTES) throw badAnswer(host, `${file} is too long`, false);
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks);
  try {
    return { value: JSON.parse(text.toString('utf8')), text, headers };
  } catch (cause) {
    if (looksLikePage(text.toString('utf8', 0, 200))) throw pageInstead(host, file);
    throw new SourceProblem(
      'download-bad-answer',
      { host, reason: `${file} is not JSON` },
      { passing: true, cause },
    );
  }
}

export function isPage(headers: HttpAnswer['headers']): boolean {
  return /^\s*(text\/html|application\/xhtml)/i.test(headers.get('content-type') ?? '');
}

export function looksLikePage(start: string): boolean {
  return /^\s*<(!doctype html|html|head|body)\b/i.test(start);
}

/** A login page of the network, mostly: it passes only when the person does something. */
export function pageInstead(host: string, file: string): SourceProblem {
  return new SourceProblem('download-not-a-file', { host, file }, { passing: false });
}
