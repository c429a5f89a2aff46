import type { ProviderReport } from '../contract/app-events.ts';
import type { SpokenVoice } from '../contract/engine-contract.ts';
import type { ModelPackage } from './convert/model-package.ts';
import type { LoadedModel } from './loaded-model.ts';
import type { ExecutionProvider } from './onnx/session.ts';
import { openingStages, openStarterParts } from './recognise/starter-parts.ts';
import { warmUp } from './recognise/warm-up.ts';
import { StarterReply } from './starter-reply.ts';
import { measureSpeeds } from './step-audio/measured-speeds.ts';
import {
  openStepAudioParts,
  releaseStepAudioParts,
  stepAudioStages,
  type SpeakingSurroundings,
} from './step-audio/step-audio-parts.ts';
import { StepAudioReply } from './step-audio/step-audio-reply.ts';

export interface OpeningSurroundings extends SpeakingSurroundings {
  /** The voice that is made ready. */
  readonly voice: SpokenVoice;
}

/** What opening goes through, in order. */
export function openingSteps({ manifest }: ModelPackage): readonly string[] {
  return ['check', ...(manifest.wordsReplies ? stepAudioStages : openingStages), 'warm-up'];
}

/** Opens a package by its family; yields each step as it begins. */
export async function* openModel(
  model: ModelPackage,
  provider: ProviderReport,
  surroundings: OpeningSurroundings,
  signal: AbortSignal,
): AsyncGenerator<string, LoadedModel> {
  const session = { provider: provider.chosen as ExecutionProvider, threads: provider.threads };
  if (!model.manifest.wordsReplies) {
    const parts = yield* openStarterParts(model, session, signal);
    yield 'warm-up';
    await warmUp(parts, signal);
    return new StarterReply(parts);
  }
  const parts = yield* openStepAudioParts(model, session, surroundings, signal);
  try {
    yield 'warm-up';
    return new StepAudioReply(parts, await measureSpeeds(parts, surroundings.voice, signal));
  } catch (error) {
    await releaseStepAudioParts(parts);
    throw error;
  }
}
