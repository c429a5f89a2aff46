import { readFile } from 'node:fs/promises';
import { UserError } from '../../contract/user-errors.ts';
import { neighbourFeatures, pairFeatures } from './intent-features.ts';

interface Header {
  readonly format: string;
  readonly version: number;
  readonly intents: readonly string[];
  readonly arrays: readonly { name: string; type: 'int8' | 'float32'; offset: number; length: number }[];
}

const arrayTypes = { int8: Int8Array, float32: Float32Array };

/** Rows of whole numbers, one a bucket, and what one of them is worth in each column. */
interface Bag {
  readonly rows: Int8Array;
  readonly scale: Float32Array;
}

interface Layer {
  /** `[outputs, inputs]` */
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}

/**
 * Which intent a sentence means, judged by its words, their neighbours and pairs (intent-classifier.bin of a package,
 * models/starter/domain/README.md). It knows sentences that no pattern says.
 */
export class IntentClassifier {
  readonly #intents: readonly string[];
  readonly #neighbours: Bag;
  readonly #pairs: Bag;
  readonly #hidden: Layer;
  readonly #out: Layer;

  constructor(bytes: Uint8Array, file: string) {
    const lineEnd = bytes.indexOf(0x0a) + 1;
    const header = readHeader(bytes.subarray(0, lineEnd), file);
    // A copy, because views need an aligned beginning.
    const body = new Uint8Array(bytes.subarray(lineEnd)).buffer;
    const array = (name: string): Int8Array | Float32Array => {
      const entry = header.arrays.find((candidate) => candidate.name === name);
      const Type = arrayTypes[entry?.type ?? 'int8'];
      if (!entry || entry.offset + entry.length * Type.BYTES_PER_ELEMENT > body.byteLength)
        throw new UserError('model-damaged', { file, reason: `${name} is missing` });
      return new Type(body, entry.offset, entry.length);
    };
    const bag = (name: string): Bag => {
      return { rows: array(name) as Int8Array, scale: array(`${name}Scale`) as Float32Array };
    };
    const layer = (name: string): Layer => {
      return { weight: array(`${name}Weight`) as Float32Array, bias: array(`${name}Bias`) as Float32Array };
    };
    this.#intents = header.intents;
    this.#neighbours = bag('neighbours');
    this.#pairs = bag('pairs');
    this.#hidden = layer('hidden');
    this.#out = layer('out');
  }

  static async open(file: string): Promise<IntentClassifier> {
    const bytes = await readFile(file).catch((cause: unknown) => {
      throw new UserError('model-damaged', { file, reason: 'not readable' }, { cause });
    });
    return new IntentClassifier(bytes, file);
  }

  /** Natural log-probability of every intent, "unknown" among them. `text` is a transcript of at least one word. */
  classify(text: string): Map<string, number> {
    const words = text.split(' ');
    const input = Float32Array.from([
      ...sumOf(this.#neighbours, neighbourFeatures(words, bucketsOf(this.#neighbours))),
      ...sumOf(this.#pairs, pairFeatures(words, bucketsOf(this.#pairs))),
    ]);
    const hidden = apply(this.#hidden, input).map((value) => Math.max(0, value));
    const scores = apply(this.#out, hidden);
    const most = Math.max(...scores);
    const total = most + Math.log(scores.reduce((sum, score) => sum + Math.exp(score - most), 0));
    return new Map(this.#intents.map((intent, index) => [intent, (scores[index] as number) - total]));
  }
}

function bucketsOf({ rows, scale }: Bag): number {
  return rows.length / scale.length;
}

/** The sum of some rows, divided by the root of how many they are. */
function sumOf({ rows, scale }: Bag, chosen: readonly number[]): Float32Array {
  const width = scale.length;
  const sum = new Float32Array(width);
  for (const row of chosen) {
    for (let column = 0; column < width; column++)
      sum[column] = (sum[column] as number) + (rows[row * width + column] as number);
  }
  const root = Math.sqrt(Math.max(1, chosen.length));
  return sum.map((value, column) => (value * (scale[column] as number)) / root);
}

function apply({ weight, bias }: Layer, input: Float32Array): Float32Array {
  return bias.map((start, output) => {
    const from = output * input.length;
    return input.reduce((sum, value, index) => sum + value * (weight[from + index] as number), start);
  });
}

function readHeader(line: Uint8Array, file: string): Header {
  let header: Partial<Header>;
  try {
    header = JSON.parse(new TextDecoder().decode(line)) as Partial<Header>;
  } catch (cause) {
    throw new UserError('model-damaged', { file, reason: 'no header' }, { cause });
  }
  if (header.format !== 'sotto-intents' || header.version !== 1)
    throw new UserError('model-incompatible', { file, reason: `format ${header.format} ${header.version}` });
  return header as Header;
}
