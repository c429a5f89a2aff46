import type { Command } from 'commander';
import { exitCodes, runWithAssistant } from '../command-runtime.ts';

/** `sotto models use`: loads a model and keeps it as the one that answers. */
export function addModelUse(models: Command): void {
  models
    .command('use')
    .description('answer with this model from now on')
    .argument('<model>', 'an installed model; "sotto models list" shows them')
    .action((modelId: string) => use(modelId));
}

function use(modelId: string): Promise<void> {
  return runWithAssistant({ loadModel: false }, async ({ assistant }, signal) => {
    const before = (await assistant.getState({}, signal)).settings.modelId;
    try {
      await assistant.loadModel({ modelId }, signal);
    } catch (error) {
      // A model that does not load must not be the one that the next start waits for.
      if (before !== modelId) await assistant.updateSettings({ modelId: before }, signal);
      throw error;
    }
    const { model } = await assistant.getState({}, signal);
    process.stdout.write(`${model.name} answers from now on.\n`);
    return exitCodes.ok;
  });
}
