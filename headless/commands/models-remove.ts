import type { Command } from 'commander';
import { exitCodes, runWithAssistant } from '../command-runtime.ts';
import { gigabytes } from './models-list.ts';

/** `sotto models remove`: deletes an installed model, or the downloaded files of an offer. */
export function addModelRemove(models: Command): void {
  models
    .command('remove')
    .description('delete an installed model, or the downloaded files of one')
    .argument('<model>', 'an id of "sotto models list"')
    .action((id: string) => remove(id));
}

function remove(id: string): Promise<void> {
  return runWithAssistant({ loadModel: false }, async ({ assistant }, signal) => {
    const installed = (await assistant.listModels({}, signal)).find((model) => model.id === id);
    const { offers } = await assistant.getModelLibrary({}, signal);
    const offer = offers.find((one) => one.id === id);
    const received = offer?.download.receivedBytes ?? 0;
    if (!installed && offer) await assistant.discardDownload({ offerId: id }, signal);
    else await assistant.removeModel({ modelId: id }, signal);
    process.stdout.write(`${id}: ${gigabytes(installed?.bytes ?? received)} deleted.\n`);
    return exitCodes.ok;
  });
}
