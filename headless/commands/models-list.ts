import { Option, type Command } from 'commander';
import type { ModelOffer } from '../../contract/model-library.ts';
import { describeFailure } from '../error-words.ts';
import { exitCodes, runWithAssistant } from '../command-runtime.ts';
import { printRows } from '../table.ts';

/** `sotto models list`: what is installed and what can be fetched, without loading anything. */
export function addModelList(models: Command): void {
  models
    .command('list')
    .description('list the installed models, and those that can be downloaded')
    .addOption(new Option('--json', 'print JSON instead of text').default(false))
    .action((options: { json: boolean }) => list(options.json));
}

function list(json: boolean): Promise<void> {
  return runWithAssistant({ loadModel: false }, async ({ assistant }, signal) => {
    const installed = await assistant.listModels({}, signal);
    const { offers, folder } = await assistant.getModelLibrary({}, signal);
    const { modelId } = (await assistant.getState({}, signal)).settings;
    const rows = [
      ...installed.map((model) => ({
        id: model.id,
        mark: model.id === modelId ? '*' : '',
        state: model.failure ? 'cannot be used' : 'installed',
        bytes: model.bytes,
        size: gigabytes(model.bytes),
        name: model.name,
        note: model.failure
          ? describeFailure(model.failure.code, model.failure.details)
          : [model.voiceOnly ? 'voice only, for another machine' : '', model.licence]
              .filter(Boolean)
              .join(', '),
      })),
      ...offers.map((offer) => ({
        id: offer.id,
        mark: '',
        state: stateOf(offer),
        bytes: offer.bytes,
        size: offer.bytes > 0 ? gigabytes(offer.bytes) : '?',
        name: offer.name,
        note: noteOf(offer),
      })),
    ];
    printRows(rows, ['mark', 'id', 'state', 'size', 'name', 'note'], json, 'There is nothing.');
    if (!json) {
      const free = folder.freeBytes === undefined ? '' : `, ${gigabytes(folder.freeBytes)} free`;
      process.stdout.write(`\nModels are kept in ${folder.path}${free}.\n`);
    }
    return exitCodes.ok;
  });
}

function stateOf({ download, modelIds }: ModelOffer): string {
  const { state, receivedBytes, totalBytes } = download;
  if (state === 'complete') return modelIds.length > 0 ? 'converted' : 'downloaded';
  if (state === 'paused' && totalBytes > 0) return `${Math.floor((100 * receivedBytes) / totalBytes)} % here`;
  return state === 'absent' ? 'to download' : state;
}

function noteOf({ origin, sums, licence, folder, modelIds, kind, voiceOnly }: ModelOffer): string {
  if (folder && kind === 'checkpoint' && modelIds.length === 0) {
    return `sotto models convert ${folder}${voiceOnly ? ' --voice-only' : ''}`;
  }
  const judge = sums === 'server' ? 'sums told by the server' : 'sums of the weights known';
  return [voiceOnly ? 'voice only, for another machine' : '', origin, licence, judge]
    .filter(Boolean)
    .join(', ');
}

export function gigabytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
