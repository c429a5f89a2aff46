import { openPlainly } from './open-plainly.ts';
import { projectPaths, version } from './project-paths.ts';
import { startAssistant, type RunningAssistant } from '../assistant/start-assistant.ts';
import { describeError } from './error-words.ts';

export const exitCodes = { ok: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/**
 * Runs one command with an assistant of its own and disposes of it; Ctrl+C aborts the signal. Any failure is said
 * in one sentence on standard error and becomes the exit code.
 */
export async function runWithAssistant(
  options: { readonly loadModel: boolean },
  command: (running: RunningAssistant, signal: AbortSignal) => Promise<number>,
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
      open: openPlainly,
      loadModelAtStart: options.loadModel,
    });
    process.exitCode = await command(running, controller.signal);
  } catch (error) {
    if (controller.signal.aborted) process.exitCode = exitCodes.interrupted;
    else {
      process.stderr.write(`${describeError(error)}\n`);
      if (process.env['SOTTO_DEBUG']) process.stderr.write(`${String((error as Error).stack)}\n`);
      process.exitCode = exitCodes.failed;
    }
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    await running?.dispose();
  }
}
