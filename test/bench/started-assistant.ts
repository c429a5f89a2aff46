import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAssistant, type RunningAssistant } from '../../assistant/start-assistant.ts';
import { projectPaths, version } from '../../headless/project-paths.ts';

/** The assistant as the command line starts it, on an empty data folder. */
export async function startedAssistant(): Promise<RunningAssistant> {
  return startAssistant({
    shell: 'command-line',
    version,
    modelsFolders: [projectPaths.models],
    resourcesFolder: projectPaths.resources,
    dataFolder: await mkdtemp(join(tmpdir(), 'sotto-bench-data-')),
  });
}

/** Resolves once the selected model can be used. */
export async function untilModelReady({ assistant }: RunningAssistant): Promise<void> {
  const controller = new AbortController();
  for await (const event of assistant.events({}, controller.signal)) {
    if (event.type !== 'state') continue;
    const { state, failure } = event.state.model;
    if (state === 'ready') return;
    if (state === 'failed' || state === 'missing')
      throw new Error(`The model cannot be loaded: ${failure?.code}`);
  }
}
