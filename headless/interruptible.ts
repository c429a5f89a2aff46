import { exitCodes, sayError } from './command-runtime.ts';

/** Runs one command that needs no assistant; Ctrl+C aborts the signal, a failure is said in one sentence. */
export async function runInterruptibly(command: (signal: AbortSignal) => Promise<number>): Promise<void> {
  const controller = new AbortController();
  const interrupt = (): void => controller.abort(new DOMException('Interrupted.', 'AbortError'));
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    process.exitCode = await command(controller.signal);
  } catch (error) {
    process.exitCode = controller.signal.aborted ? exitCodes.interrupted : exitCodes.failed;
    if (!controller.signal.aborted) sayError(error);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}
