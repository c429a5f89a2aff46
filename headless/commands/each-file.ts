import { UserError } from '../../contract/user-errors.ts';
import { exitCodes, sayError } from '../command-runtime.ts';
import { describeError } from '../error-words.ts';
import { emptyResult, type FileResult } from '../file-result.ts';

/**
 * Does the same to every file, in order. A file that fails is reported and the rest goes on; the exit code says
 * that one failed.
 */
export async function eachFile(
  files: readonly string[],
  json: boolean,
  signal: AbortSignal,
  work: (file: string) => Promise<{ result: FileResult; lines: readonly string[] }>,
): Promise<number> {
  let exitCode: number = exitCodes.ok;
  for (const file of files) {
    signal.throwIfAborted();
    try {
      const { result, lines } = await work(file);
      if (result.failure) exitCode = exitCodes.failed;
      if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
      else process.stdout.write(`${[...(files.length > 1 ? [`${file}:`] : []), ...lines].join('\n')}\n`);
    } catch (error) {
      if (signal.aborted) throw error;
      exitCode = exitCodes.failed;
      const code = error instanceof UserError ? error.code : 'internal';
      if (json)
        process.stdout.write(
          `${JSON.stringify({ ...emptyResult(file), failure: { code, message: describeError(error) } })}\n`,
        );
      else sayError(error, files.length > 1 ? `${file}: ` : '');
    }
  }
  return exitCode;
}
