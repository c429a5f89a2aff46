import { dataFolder } from '../assistant/data-folder.ts';
import { openWithSystem } from '../assistant/opening/system-opener.ts';
import { startAssistant } from '../assistant/start-assistant.ts';
import { reportInternalError, sayError } from './command-runtime.ts';
import { projectPaths, version } from './project-paths.ts';
import { answerAsInstance, askRunningInstance, instanceAddress } from './running-instance.ts';
import { startWebServer } from './web/web-server.ts';

export interface ServeOptions {
  /** 0 = any free port. */
  readonly port: number;
  readonly openBrowser: boolean;
}

/** Serves the assistant to this machine's browser until it is interrupted; a second start shows the first again. */
export async function serveAssistant(options: ServeOptions): Promise<void> {
  const instance = instanceAddress(dataFolder(undefined).path);
  const already = await askRunningInstance(instance);
  if (already) {
    process.stdout.write(`Sotto is already running: ${already}\n`);
    if (options.openBrowser) await show(already);
    return;
  }
  const running = await startAssistant({
    shell: 'browser',
    version,
    modelsFolders: [projectPaths.models],
    resourcesFolder: projectPaths.resources,
    report: reportInternalError,
  });
  const server = await startWebServer({
    assistant: running.assistant,
    rendererFolder: projectPaths.renderer,
    port: options.port,
    onInternalError: reportInternalError,
  });
  const door = await answerAsInstance(instance, server.issueAddress);
  const address = server.issueAddress();
  process.stdout.write(`Sotto listens on this machine only. Open ${address}\nPress Ctrl+C to end it.\n`);
  if (options.openBrowser) await show(address);
  await interrupted();
  door.close();
  await server.close();
  await running.dispose();
}

async function show(address: string): Promise<void> {
  try {
    await openWithSystem({ kind: 'link', address }, new AbortController().signal);
  } catch (error) {
    sayError(error, 'The browser could not be opened; open the address above yourself. ');
  }
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}
