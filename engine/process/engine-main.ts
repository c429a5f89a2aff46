import { LocalEngine } from '../local-engine.ts';
import { probeInChild } from '../onnx/providers.ts';
import { fliteWasmPath, voiceDetectorPath } from './engine-paths.ts';
import { runEngine } from './run-engine.ts';

/** The program of the engine process. */
await runEngine(
  process.argv.slice(2),
  async ({ resourcesFolder, verifiedFile, voicesFolder, threadProgram, probeCommand }) =>
    new LocalEngine({
      voiceActivityModel: voiceDetectorPath(resourcesFolder),
      lightVoiceProgram: fliteWasmPath(),
      verifiedFile,
      voicesFolder,
      threadProgram,
      probe: probeInChild(probeCommand),
    }),
);
