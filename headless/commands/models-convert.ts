import { basename, dirname, join, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { modelConverter } from '../../assistant/models/model-converter.ts';
import { dataFolder } from '../../assistant/data-folder.ts';
import {
  modelPrecision,
  type ConversionEvent,
  type ConversionRequest,
  type PrecisionReason,
} from '../../contract/model-conversion.ts';
import { exitCodes } from '../command-runtime.ts';
import { runInterruptibly } from '../interruptible.ts';
import { ProgressLine } from '../progress-line.ts';
import { addModelVerification } from './models-verify.ts';

interface ConvertOptions {
  readonly out?: string;
  readonly precision: ConversionRequest['precision'];
  readonly provider: NonNullable<ConversionRequest['provider']>;
  readonly voiceOnly: boolean;
  readonly json: boolean;
}

const reasons: Readonly<Record<PrecisionReason, string>> = {
  'asked-for': 'as asked for',
  'small-model': 'the model is so small that nothing is gained by shrinking it',
  'graphics-memory-suffices': 'half precision fits into memory',
  'graphics-memory-short': 'half precision would not fit into memory',
  'processor-reads-every-weight':
    'the processor reads every weight for every word, so fewer bytes are faster',
  'nothing-fits': 'not even this fits into memory, so it will be slow here',
};

/** `sotto models convert` and `sotto models verify`. */
export function addModelConversion(models: Command): void {
  models
    .command('convert')
    .description('make a model package from an official checkpoint')
    .argument('<folder>', 'the checkpoint: config.json, safetensors, token2wav')
    .option('--out <folder>', 'where the package goes; default: among the installed models')
    .addOption(
      new Option('--precision <form>', 'how the weights are stored')
        .choices([...modelPrecision.options, 'auto'])
        .default('auto'),
    )
    .addOption(
      new Option('--provider <name>', 'what will run it, for "auto"')
        .choices(['auto', 'cuda', 'webgpu', 'dml', 'coreml', 'cpu'])
        .default('auto'),
    )
    .addOption(
      new Option(
        '--voice-only',
        'only what makes the replies of another machine audible; token2wav is all that must be there',
      ).default(false),
    )
    .addOption(new Option('--json', 'print events as JSON lines').default(false))
    .action((folder: string, options: ConvertOptions) => convert(folder, options));
  addModelVerification(models);
}

/** Ctrl+C keeps what is finished; the same command goes on from there. */
function convert(folder: string, options: ConvertOptions): Promise<void> {
  return runInterruptibly(async (signal) => {
    const checkpointFolder = resolve(folder);
    const { precision, provider, voiceOnly } = options;
    const form = voiceOnly ? 'voice' : precision;
    const outputFolder = resolve(options.out ?? defaultFolder(checkpointFolder, form));
    const line = new ProgressLine();
    try {
      const request = { checkpointFolder, outputFolder, precision, provider, voiceOnly };
      for await (const event of modelConverter().convert(request, signal)) {
        if (options.json) process.stdout.write(`${JSON.stringify(event)}\n`);
        else tell(event, line, voiceOnly);
      }
    } finally {
      line.end();
    }
    return exitCodes.ok;
  });
}

function tell(event: ConversionEvent, line: ProgressLine, voiceOnly: boolean): void {
  if (event.type === 'progress') return line.show(event);
  line.end();
  if (event.type === 'plan') {
    const { precision, reason, neededMemoryBytes } = event.choice;
    const lines = [
      `Weights as ${precision}: ${reasons[reason]}.`,
      `The package takes ${gigabytes(event.packageBytes)} on the disk (${gigabytes(event.freeBytes)} are free) and about ${gigabytes(neededMemoryBytes)} of memory when it runs.`,
      ...(event.finishedBytes > 0
        ? [`Going on where it stopped: ${gigabytes(event.finishedBytes)} are finished.`]
        : []),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  } else {
    const { packageFolder, modelId, packageBytes, seconds } = event;
    const speed = (packageBytes / 1e6 / seconds).toFixed(0);
    process.stdout.write(
      `${modelId} is ready in ${packageFolder}: converted and verified in ${seconds.toFixed(1)} s (${speed} MB/s).\n`,
    );
    if (voiceOnly) {
      process.stdout.write(
        `It is a voice alone, for a model on another machine: sotto settings remote.voiceModelId ${modelId}\n`,
      );
    }
  }
}

/** Where installed models are looked for. */
function defaultFolder(checkpointFolder: string, form: ConversionRequest['precision'] | 'voice'): string {
  const isSpeech = form === 'voice' && basename(checkpointFolder) === 'token2wav';
  const name = basename(isSpeech ? dirname(checkpointFolder) : checkpointFolder)
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  const suffix = form === 'auto' || (form === 'voice' && name.endsWith('-voice')) ? '' : `-${form}`;
  return join(dataFolder(undefined).modelsFolder, `${name || 'model'}${suffix}`);
}

function gigabytes(bytes: number): string {
  return bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
