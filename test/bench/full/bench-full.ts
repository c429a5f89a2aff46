import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { QUANTISED_BLOCK } from '../../../engine/convert/block-quantiser.ts';
import { convertModel } from '../../../engine/convert/convert-model.ts';
import { withSection } from '../page-section.ts';
import { fullSizeSection, type FullSizeFigures, type Measured } from './full-size-section.ts';
import { official } from './official-shapes.ts';
import { writeRandomCheckpoint } from './random-checkpoint.ts';
import { writeRandomGguf } from './random-gguf.ts';
import { processorMs } from './measured.ts';
import { readBandwidth } from './read-bandwidth.ts';

/**
 * `npm run bench:full -- [--layers 4] [--folder <scratch>] [--only make,convert,...]`: a random checkpoint of the
 * official dimensions is made, converted to int4 and run, beside llama.cpp on a random model of the same shape and
 * the machine's read bandwidth; the figures go into docs/benchmarks.md. With a folder, steps can be run one by one.
 */
const PEER = 'node-llama-cpp@3.22';
const PROMPT_POSITIONS = 64;
const DECODE_STEPS = 16;
const PROMPT_SECONDS = 4;
const SPOKEN_SECONDS = 4;
const FLOW_STEPS = [5, 8, 10] as const;
const page = fileURLToPath(new URL('../../../docs/benchmarks.md', import.meta.url));
const program = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const { values: options } = parseArgs({
  options: {
    layers: { type: 'string', default: String(official.layers) },
    'audio-layers': { type: 'string' },
    folder: { type: 'string' },
    only: { type: 'string', default: 'make,convert,decode,listen,speak,peer,page' },
    threads: { type: 'string', default: String(availableParallelism()) },
  },
});
const layers = Number(options.layers);
const audioLayers = Number(options['audio-layers'] ?? Math.min(layers, official.audioLayers));
const steps = new Set(options.only.split(','));
const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'sotto-full-'));
const [checkpoint, packageFolder, peer] = ['checkpoint', 'package', 'peer'].map((name) =>
  join(folder, name),
) as [string, string, string];
const figuresFile = join(folder, 'figures.json');
const figures: Partial<FullSizeFigures> = existsSync(figuresFile)
  ? (JSON.parse(readFileSync(figuresFile, 'utf8')) as Partial<FullSizeFigures>)
  : {};

try {
  mkdirSync(folder, { recursive: true });
  await step('make', () => ({ shape: { layers, audioLayers, ...writeCheckpoint() } }));
  await step('convert', async () => ({ conversion: await convert() }));
  await step('decode', async () => {
    const bandwidth = await readBandwidth(Number(options.threads));
    const decoder = measure(
      'measure-decoder.ts',
      packageFolder,
      options.threads,
      PROMPT_POSITIONS,
      DECODE_STEPS,
    );
    return {
      bandwidth,
      decoder,
      promptPositions: PROMPT_POSITIONS,
      decoderBytes: decoderBytes(),
      load: loadavg()[0]!,
      threads: Number(options.threads),
    };
  });
  await step('listen', () => ({
    listening: measure('measure-listening.ts', packageFolder, options.threads, 10),
  }));
  for (const flowSteps of FLOW_STEPS) {
    await step('speak', () => ({
      speaking: {
        ...figures.speaking,
        [flowSteps]: measure(
          'measure-speaking.ts',
          packageFolder,
          options.threads,
          flowSteps,
          PROMPT_SECONDS,
          SPOKEN_SECONDS,
        ),
      },
    }));
  }
  await step('peer', () => ({ peer: measurePeer(), peerBytes: peerBytes() }));
  await step('page', () => {
    const section = fullSizeSection(figures as FullSizeFigures);
    writeFileSync(page, withSection(readFileSync(page, 'utf8'), 'full size', section));
    process.stdout.write(section);
    return {};
  });
} finally {
  if (!options.folder) rmSync(folder, { recursive: true, force: true });
}

async function step(name: string, run: () => Partial<FullSizeFigures> | Promise<Partial<FullSizeFigures>>) {
  if (!steps.has(name)) return;
  process.stderr.write(`${name} ...\n`);
  Object.assign(figures, await run());
  writeFileSync(figuresFile, JSON.stringify(figures, null, 1));
}

function writeCheckpoint(): { seconds: number } {
  const began = performance.now();
  writeRandomCheckpoint(checkpoint, layers, audioLayers);
  return { seconds: (performance.now() - began) / 1000 };
}

async function convert(): Promise<FullSizeFigures['conversion']> {
  const request = { checkpointFolder: checkpoint, outputFolder: packageFolder, precision: 'int4' } as const;
  const workerProgram = program('../../../engine/process/convert-main.ts');
  for await (const event of convertModel(request, { workerProgram }, new AbortController().signal)) {
    if (event.type !== 'done') continue;
    const readBytes = statSync(join(checkpoint, 'model.safetensors')).size;
    const peakMemoryBytes = process.resourceUsage().maxRSS * 1024;
    const processorSeconds = processorMs() / 1000;
    return {
      seconds: event.seconds,
      processorSeconds,
      readBytes,
      packageBytes: event.packageBytes,
      peakMemoryBytes,
    };
  }
  throw new Error('the conversion ended without a package');
}

/** Each measurement is a process of its own, so that its memory can be told. */
function measure(name: string, ...rest: (string | number)[]): Measured {
  const output = execFileSync(process.execPath, [program(name), ...rest.map(String)], { encoding: 'utf8' });
  return JSON.parse(output) as Measured;
}

/** Numbers of a layer's matrices by how they are kept: the large ones, and those of keys and values. */
function numbersOfLayer(): { large: number; keyValue: number; output: number } {
  const { hidden, intermediate, heads, keyValueHeads, vocabulary } = official;
  const keyValues = (hidden / heads) * keyValueHeads;
  const large = 2 * hidden * hidden + 3 * hidden * intermediate;
  return { large, keyValue: 2 * hidden * keyValues, output: hidden * vocabulary };
}

/** What one step of the decoder reads: codes, and for each block a scale and a sum that the kernel keeps. */
function decoderBytes(): number {
  const { large, keyValue, output } = numbersOfLayer();
  const perNumber = (bits: number) => bits / 8 + 8 / QUANTISED_BLOCK;
  return layers * (large * perNumber(4) + keyValue * perNumber(8)) + output * perNumber(8);
}

/** The same of llama.cpp: 18 bytes for 32 numbers, in the output layer 210 for 256. */
function peerBytes(): number {
  const { large, keyValue, output } = numbersOfLayer();
  return (layers * (large + keyValue) * 18) / 32 + (output * 210) / 256;
}

function measurePeer(): Measured {
  mkdirSync(peer, { recursive: true });
  const model = join(peer, `${layers}.gguf`);
  writeRandomGguf(model, layers);
  if (!existsSync(join(peer, 'node_modules', 'node-llama-cpp'))) {
    writeFileSync(join(peer, 'package.json'), '{"private": true}');
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', PEER], { cwd: peer });
  }
  const args = [program('measure-peer.mjs'), model, options.threads, PROMPT_POSITIONS, DECODE_STEPS].map(
    String,
  );
  const output = execFileSync(process.execPath, args, { cwd: peer, encoding: 'utf8' });
  rmSync(model);
  return JSON.parse(output.trim().split('\n').at(-1)!) as Measured;
}
