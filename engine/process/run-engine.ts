import { Socket } from 'node:net';
import type { Engine } from '../../contract/engine-contract.ts';
import { runProbe } from '../onnx/provider-probe.ts';
import { channelDescriptor } from './child-process.ts';
import { serveEngine } from './engine-calls.ts';
import { runVoiceThread } from '../speak/voice-thread/voice-thread.ts';
import { StreamChannel } from './stream-channel.ts';

/** What the engine is told when it is opened. */
export interface EngineSurroundings {
  readonly resourcesFolder: string;
  /** Remembers which files of model packages were found whole. */
  readonly verifiedFile?: string;
  /** Where voices of models that speak by themselves are kept. */
  readonly voicesFolder?: string;
  /** The program that threads of the engine are started with: this one. */
  readonly threadProgram: string;
  /** Runs `provider-probe` for the provider named after it, in a process of its own. */
  readonly probeCommand: readonly string[];
}

/** First argument of a process that tries one provider and ends. */
const probeFlag = '--probe';

/**
 * The engine process: serves the engine to whoever started it and ends when that one is gone.
 *
 * @param args the command line after the program: the folder of resources, the file of verified packages and the folder of
 *   voices, or `--probe` and a provider
 */
export async function runEngine(
  args: readonly string[],
  openEngine: (surroundings: EngineSurroundings) => Promise<Engine>,
): Promise<void> {
  if (runVoiceThread()) return;
  if (args[0] === probeFlag) return runProbe(args[1] ?? '');
  const [resourcesFolder = '', verifiedFile = '', voicesFolder = ''] = args;
  // The parent is gone when its end of the pipe is; then nobody is left to answer.
  const channel = new StreamChannel(new Socket({ fd: channelDescriptor }));
  channel.onClose(() => process.exit(0));
  const engine = await openEngine({
    resourcesFolder,
    verifiedFile: verifiedFile === '' ? undefined : verifiedFile,
    voicesFolder: voicesFolder === '' ? undefined : voicesFolder,
    threadProgram: process.argv[1] ?? '',
    probeCommand: [process.execPath, process.argv[1] ?? '', probeFlag],
  });
  serveEngine(channel, engine, (name, error) => {
    console.error(`${name}: ${error instanceof Error ? error.stack : String(error)}`);
  });
}
