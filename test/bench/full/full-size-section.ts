import { describeMachine } from '../machine.ts';
import { official } from './official-shapes.ts';

export type Measured = Readonly<Record<string, number>>;

export interface FullSizeFigures {
  readonly shape: { readonly layers: number; readonly audioLayers: number; readonly seconds: number };
  readonly threads: number;
  /** What other programs kept waiting for a core meanwhile, from the system's load average. */
  readonly load: number;
  readonly conversion: {
    readonly seconds: number;
    readonly processorSeconds: number;
    readonly readBytes: number;
    readonly packageBytes: number;
    readonly peakMemoryBytes: number;
  };
  /** Bytes a second of processor time, all threads together. */
  readonly bandwidth: number;
  readonly promptPositions: number;
  /** That a decoder step reads, and llama.cpp's. */
  readonly decoderBytes: number;
  readonly peerBytes: number;
  readonly decoder: Measured;
  readonly listening: Measured;
  /** By the number of steps of the flow. */
  readonly speaking: Readonly<Record<string, Measured>>;
  readonly peer: Measured;
}

const PEER = 'llama.cpp (node-llama-cpp 3.22, Q4_0, output Q6_K)';

type Row = readonly [name: string, clock: string, processor: string];

export function fullSizeSection(figures: FullSizeFigures): string {
  const { shape } = figures;
  const partly = shape.layers < official.layers || shape.audioLayers < official.audioLayers;
  const rows = [...conversionRows(figures), ...decoderRows(figures), ...soundRows(figures)];
  return `## Full size

\`npm run bench:full\` writes this section. ${new Date().toISOString().slice(0, 10)}, ${describeMachine()}; ${figures.threads} thread${figures.threads === 1 ? '' : 's'}.

Random weights in the official dimensions: nothing here says how well the model answers, only how fast it runs. Times
of single tokens are the fastest of their run, on both sides. Processor time is what all threads computed together;
where other programs ran at the same time (load ${figures.load.toFixed(1)}), it and not the clock is the figure to
compare.
${partly ? `\nThe decoder had ${shape.layers} of its 28 layers and the audio encoder ${shape.audioLayers} of 32; what is extrapolated says so. All else has its full size.\n` : ''}
| measure | by the clock | processor time |
|---|---|---|
${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}
`;
}

function conversionRows({ conversion, decoder }: FullSizeFigures): Row[] {
  const { readBytes, packageBytes, peakMemoryBytes, seconds, processorSeconds } = conversion;
  return [
    [`Conversion of ${gigabytes(readBytes)} to int4`, `${round(seconds)} s`, `${round(processorSeconds)} s`],
    ['Package', gigabytes(packageBytes), ''],
    ['Peak memory of the conversion', gigabytes(peakMemoryBytes), ''],
    ['Hashing the package at its first start', `${round(decoder['verifiedMs']! / 1000)} s`, ''],
    ['Loading the decoder', `${round(decoder['loadMs']! / 1000)} s`, ''],
    ['Peak memory with the decoder', gigabytes(decoder['peakMemoryBytes']!), ''],
  ];
}

function decoderRows(figures: FullSizeFigures): Row[] {
  const { decoder, peer, shape, bandwidth, promptPositions } = figures;
  const stepMs = decoder['stepProcessorMs']!;
  const layersMs = decoder['layersProcessorMs']!;
  const wholeMs = (layersMs / shape.layers) * official.layers + stepMs - layersMs;
  const rate = figures.decoderBytes / (stepMs / 1000);
  const share = (value: number) => `${Math.round((100 * value) / bandwidth)} %`;
  const peerRate = figures.peerBytes / (peer['stepProcessorMs']! / 1000);
  const perPosition = (measured: Measured, key: string) => `${round(measured[key]! / promptPositions)} ms`;
  return [
    ['Prefill, a position', perPosition(decoder, 'prefillMs'), perPosition(decoder, 'prefillProcessorMs')],
    [`${PEER}: prefill, a position`, perPosition(peer, 'prefillMs'), perPosition(peer, 'prefillProcessorMs')],
    ['Decoding, a token', `${round(decoder['stepMs']!)} ms`, `${round(stepMs)} ms`],
    ['of which the output layer', '', `${round(stepMs - layersMs)} ms`],
    [`${PEER}: a token`, `${round(peer['stepMs']!)} ms`, `${round(peer['stepProcessorMs']!)} ms`],
    ['Our time a token, of llama.cpp’s', '', `${Math.round((100 * stepMs) / peer['stepProcessorMs']!)} %`],
    [
      'Weights in memory that a token reads',
      `${gigabytes(figures.decoderBytes)}; llama.cpp ${gigabytes(figures.peerBytes)}`,
      '',
    ],
    ['Read bandwidth, same run', '', `${round(bandwidth / 1e9)} GB/s`],
    ['Share of it that decoding uses', '', `${share(rate)}; llama.cpp ${share(peerRate)}`],
    ['llama.cpp, peak memory', gigabytes(peer['peakMemoryBytes']!), ''],
    ...(shape.layers < official.layers
      ? [['Decoding, a token, **extrapolated** to 28 layers', '', `${round(wholeMs)} ms`] as const]
      : []),
  ];
}

function soundRows({ listening, speaking, shape }: FullSizeFigures): Row[] {
  const seconds = (value: number) => `${round(value / 1000)} s`;
  return [
    [
      `Listening, 10 s of speech, ${shape.audioLayers} of 32 layers`,
      seconds(listening['listenMs']!),
      seconds(listening['listenProcessorMs']!),
    ],
    ...Object.entries(speaking).flatMap(([steps, measured]): Row[] => [
      [
        `Real-time factor of sound at ${steps} steps, streaming`,
        round(measured['streamFactor']!),
        round(measured['streamProcessor']!),
      ],
      [
        `Real-time factor of sound at ${steps} steps, at once`,
        round(measured['wholeFactor']!),
        round(measured['wholeProcessor']!),
      ],
      [
        `First piece at ${steps} steps, with taking the voice in`,
        seconds(measured['firstMs']!),
        seconds(measured['firstProcessorMs']!),
      ],
    ]),
    [
      'Peak memory while speaking',
      gigabytes(Math.max(...Object.values(speaking).map((measured) => measured['peakMemoryBytes']!))),
      '',
    ],
  ];
}

const gigabytes = (bytes: number) => `${round(bytes / 1e9)} GB`;

function round(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(2);
}
