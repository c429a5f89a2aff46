import { join } from 'node:path';
import { startEngine } from '../engine/process/engine-client.ts';
import { batteryReaderFor } from './tools/outside/read-battery.ts';
import type { AssistantOptions } from './assistant-options.ts';
import { createAssistant, type RunningAssistant } from './create-assistant.ts';
import { dataFolder } from './data-folder.ts';
import { modelConverter } from './models/model-converter.ts';
import { openWithSystem } from './opening/system-opener.ts';

export type { RunningAssistant } from './create-assistant.ts';

export interface StartOptions extends Omit<AssistantOptions, 'engine' | 'open' | 'battery' | 'convert'> {
  readonly resourcesFolder: string;
  /** A packaged app names its own Node program and engine bundle; the sources know theirs. */
  readonly nodeBinary?: string;
  readonly engineMain?: string;
}

/**
 * The whole assistant for a shell: an engine process and everything around it, on this system's means.
 *
 * @throws UserError engine-start-failed.
 */
export async function startAssistant(options: StartOptions): Promise<RunningAssistant> {
  const { resourcesFolder, nodeBinary, engineMain, report, ...rest } = options;
  const engine = await startEngine({
    resourcesFolder,
    nodeBinary,
    engineMain,
    verifiedFile: join(dataFolder(options.dataFolder).path, 'verified-files.json'),
    voicesFolder: join(dataFolder(options.dataFolder).path, 'voice-prompts'),
    onLogLine: (line) => report?.('engine', line),
    onCrash: (end, log) => report?.('engine ended', `${JSON.stringify(end)}\n${log}`),
  });
  try {
    return await createAssistant({
      ...rest,
      report,
      engine,
      convert: modelConverter({ nodeBinary, engineMain, onLogLine: (line) => report?.('converter', line) })
        .convert,
      open: openWithSystem,
      battery: batteryReaderFor(process.platform),
    });
  } catch (error) {
    await engine.dispose();
    throw error;
  }
}
