import { Option, type Command } from 'commander';
import type { Assistant } from '../../contract/assistant-contract.ts';
import type { Download } from '../../contract/model-library.ts';
import type { Settings } from '../../contract/settings.ts';
import { UserError } from '../../contract/user-errors.ts';
import { exitCodes, runWithAssistant } from '../command-runtime.ts';
import { ProgressLine } from '../progress-line.ts';
import { gigabytes } from './models-list.ts';

interface DownloadOptions {
  readonly mirror?: Settings['models']['mirror'];
  readonly ownUrl?: string;
  readonly folder?: string;
  readonly proxy?: string;
  readonly json: boolean;
}

/** `sotto models download`: fetches a model; run again, it goes on where it was. */
export function addModelDownload(models: Command): void {
  models
    .command('download')
    .description('download a model; run again to go on where it stopped')
    .argument('<model>', 'an id of "sotto models list", owner/name, or the address of a folder')
    .addOption(
      new Option('--mirror <name>', 'where to fetch from, from now on').choices([
        'auto',
        'hugging-face',
        'modelscope',
        'own',
      ]),
    )
    .option('--own-url <address>', 'the address of the mirror "own", from now on')
    .option('--folder <folder>', 'where models are kept, from now on')
    .option('--proxy <address>', 'HTTP proxy from now on; "none" for none, "" for what the system says')
    .addOption(new Option('--json', 'print progress as JSON lines').default(false))
    .action((model: string, options: DownloadOptions) => download(model, options));
}

function download(model: string, options: DownloadOptions): Promise<void> {
  return runWithAssistant({ loadModel: false }, async ({ assistant }, signal) => {
    await keepSettings(assistant, options, signal);
    const offerId = await offerOf(assistant, model, signal);
    const line = new ProgressLine();
    try {
      // Subscribed before it begins, so that nothing is missed.
      const events = assistant.events({}, signal);
      let begun = false;
      for await (const event of events) {
        if (!begun) {
          begun = true;
          await assistant.startDownload({ offerId }, signal);
        }
        if (event.type !== 'download' || event.offerId !== offerId) continue;
        if (options.json) process.stdout.write(`${JSON.stringify(event.download)}\n`);
        else show(line, event.download);
        if (event.download.state === 'complete') break;
        const { failure } = event.download;
        if (failure) throw new UserError(failure.code, failure.details);
      }
    } finally {
      line.end();
    }
    signal.throwIfAborted();
    if (!options.json) await tellNext(assistant, offerId, signal);
    return exitCodes.ok;
  });
}

async function keepSettings(
  assistant: Assistant,
  { mirror, ownUrl, folder, proxy }: DownloadOptions,
  signal: AbortSignal,
): Promise<void> {
  const { settings } = await assistant.getState({}, signal);
  const chosen = Object.entries({ mirror, ownUrl, folder }).filter(([, value]) => value !== undefined);
  if (chosen.length > 0) {
    await assistant.updateSettings({ models: { ...settings.models, ...Object.fromEntries(chosen) } }, signal);
  }
  if (proxy !== undefined) await assistant.updateSettings({ network: { proxy } }, signal);
}

async function offerOf(assistant: Assistant, model: string, signal: AbortSignal): Promise<string> {
  const { offers } = await assistant.getModelLibrary({}, signal);
  if (offers.some(({ id }) => id === model)) return model;
  if (!/[/:]/.test(model)) throw new UserError('offer-missing', { offer: model });
  return (await assistant.addOffer({ address: model }, signal)).offerId;
}

function show(line: ProgressLine, { state, receivedBytes, totalBytes, ...rest }: Download): void {
  const speed = rest.bytesPerSecond === undefined ? '' : `, ${gigabytes(rest.bytesPerSecond)}/s`;
  const item =
    state === 'listing'
      ? `asking ${rest.host ?? ''} which files there are`
      : `${gigabytes(receivedBytes)} of ${gigabytes(totalBytes)}${speed}`;
  line.show({ doneBytes: receivedBytes, totalBytes, secondsLeft: rest.secondsLeft, item });
}

async function tellNext(assistant: Assistant, offerId: string, signal: AbortSignal): Promise<void> {
  const { offers } = await assistant.getModelLibrary({}, signal);
  const offer = offers.find(({ id }) => id === offerId);
  const folder = offer?.folder ?? '';
  const next =
    offer?.kind === 'package'
      ? `sotto models use ${offer.modelIds[0] ?? offerId}`
      : `sotto models convert "${folder}"${offer?.voiceOnly ? ' --voice-only' : ''}`;
  process.stdout.write(`${offer?.name ?? offerId} is complete in ${folder}.\nNext: ${next}\n`);
}
