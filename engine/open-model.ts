import type { ProviderReport } from '../contract/app-events.ts';
import { UserError } from '../contract/user-errors.ts';
import type { ModelPackage } from './convert/model-package.ts';
import type { LoadedModel } from './loaded-model.ts';
import type { ExecutionProvider } from './onnx/session.ts';
import { openingStages, openStarterParts } from './recognise/starter-parts.ts';
import { warmUp } from './recognise/warm-up.ts';
import { StarterReply } from './starter-reply.ts';

export const openingSteps = ['check', ...openingStages, 'warm-up'] as const;
export type OpeningStep = (typeof openingSteps)[number];

/** Opens a package by its family; yields each step as it begins. */
export async function* openModel(
  model: ModelPackage,
  provider: ProviderReport,
  signal: AbortSignal,
): AsyncGenerator<OpeningStep, LoadedModel> {
  if (model.manifest.wordsReplies) {
    const reason = 'this version answers with models that name an intent';
    throw new UserError('model-incompatible', { file: model.folder, reason });
  }
  const session = { provider: provider.chosen as ExecutionProvider, threads: provider.threads };
  const parts = yield* openStarterParts(model, session, signal);
  yield 'warm-up';
  await warmUp(parts, signal);
  return new StarterReply(parts);
}
