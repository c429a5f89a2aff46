import { startAssistant, type RunningAssistant } from '../assistant/start-assistant.ts';
import { describeError } from './error-words.ts';
import { projectPaths, version } from './project-paths.ts';

export const exitCodes = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

export type Command = (running: RunningAssistant, signal: AbortSignal) => Promise<number>;

/**
 * Runs one command with an assistant of its own and disposes of it; Ctrl+C aborts the signal. Any failure is said
 * in one sentence on standard error and becomes the exit code.
 */
export async function runWithAssistant(
  options: { readonly loadModel: boolean },
  command: Command,
): Promise<void> {
  const controller = new AbortController();
  const interrupt = (): void => controller.abort(new DOMException('Interrupted.', 'AbortError'));
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  let running: RunningAssistant | undefined;
  try {
    running = await startAssistant({
      shell: 'command-line',
      version,
      modelsFolders: [projectPaths.models],
      resourcesFolder: projectPaths.resources,
      loadModelAtStart: options.loadModel,
      report: reportInternalError,
    });
    if (options.loadModel) await sayWhereItGoes(running, controller.signal);
    process.exitCode = await command(running, controller.signal);
  } catch (error) {
    process.exitCode = controller.signal.aborted ? exitCodes.interrupted : exitCodes.failed;
    if (!controller.signal.aborted) sayError(error);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    await running?.dispose();
  }
}

/** Whoever lets another machine answer is told each time. */
async function sayWhereItGoes({ assistant }: RunningAssistant, signal: AbortSignal): Promise<void> {
  const { model } = await assistant.getState({}, signal);
  if (model.remoteHost) process.stderr.write(`Answered by ${model.remoteHost}: what you say goes there.\n`);
}

/** One sentence; the stack only for those who set SOTTO_DEBUG. */
export function sayError(error: unknown, about = ''): void {
  process.stderr.write(`${about}${describeError(error)}\n`);
  reportInternalError('command', error);
}

export function reportInternalError(where: string, error: unknown): void {
  if (process.env['SOTTO_DEBUG'])
    process.stderr.write(`${where}: ${error instanceof Error ? error.stack : String(error)}\n`);
}
