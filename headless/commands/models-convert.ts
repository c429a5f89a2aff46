import { Option, type Command } from 'commander';
import { modelPrecision, type ConversionRequest } from '../../contract/model-conversion.ts';

interface ConvertOptions {
  readonly out?: string;
  readonly precision: ConversionRequest['precision'];
}

/** `sotto models convert` and `sotto models verify`. */
export function addModelConversion(models: Command): void {
  models
    .command('convert')
    .description('make a model package from an official checkpoint')
    .argument('<folder>', 'the checkpoint: config.json, safetensors, token2wav')
    .option('--out <folder>', 'where the package goes')
    .addOption(
      new Option('--precision <form>', 'how the weights are stored')
        .choices([...modelPrecision.options, 'auto'])
        .default('auto'),
    )
    .action((folder: string, options: ConvertOptions) => convert(folder, options));
}

function convert(folder: string, options: ConvertOptions): void {
  process.stdout.write(`${folder} ${options.precision}\n`);
}
