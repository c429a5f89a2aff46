import { UserError } from '../../contract/user-errors.ts';

interface Header {
  readonly format: string;
  readonly version: number;
  readonly intents: readonly string[];
  readonly widths: readonly number[];
  readonly words: readonly string[];
  readonly arrays: readonly { name: string; type: 'int8' | 'float32'; offset: number; length: number }[];
}

const arrayTypes = { int8: Int8Array, float32: Float32Array };

/** Whole numbers by rows, and what one of them is worth in each column. */
export interface ScaledColumns {
  readonly rows: Int8Array;
  readonly scale: Float32Array;
}

/** A layer of small whole numbers: `weight` `[outputs, inputs]`, each output with a scale of its own. */
export interface ScaledLayer {
  readonly weight: Int8Array;
  readonly scale: Float32Array;
  readonly bias: Float32Array;
}

/** The arrays of intent-classifier.bin (models/starter/domain/README.md). */
export class IntentFile {
  readonly intents: readonly string[];
  /** Words that the widths of the convolution see at once. */
  readonly widths: readonly number[];
  /** The vocabulary of meanings; four stand-ins first. */
  readonly words: readonly string[];
  readonly #file: string;
  readonly #header: Header;
  readonly #body: ArrayBuffer;

  /** Throws UserError `model-incompatible` for another kind of file and `model-damaged` for one without a header. */
  constructor(bytes: Uint8Array, file: string) {
    const lineEnd = bytes.indexOf(0x0a) + 1;
    this.#file = file;
    this.#header = readHeader(bytes.subarray(0, lineEnd), file);
    // A copy, because views need an aligned beginning.
    this.#body = new Uint8Array(bytes.subarray(lineEnd)).buffer;
    this.intents = this.#header.intents;
    this.widths = this.#header.widths;
    this.words = this.#header.words;
  }

  columns(name: string): ScaledColumns {
    return { rows: this.#array(name) as Int8Array, scale: this.#array(`${name}Scale`) as Float32Array };
  }

  layer(name: string): ScaledLayer {
    return {
      weight: this.#array(`${name}Weight`) as Int8Array,
      scale: this.#array(`${name}Scale`) as Float32Array,
      bias: this.#array(`${name}Bias`) as Float32Array,
    };
  }

  #array(name: string): Int8Array | Float32Array {
    const entry = this.#header.arrays.find((candidate) => candidate.name === name);
    const Type = arrayTypes[entry?.type ?? 'int8'];
    if (!entry || entry.offset + entry.length * Type.BYTES_PER_ELEMENT > this.#body.byteLength)
      throw new UserError('model-damaged', { file: this.#file, reason: `${name} is missing` });
    return new Type(this.#body, entry.offset, entry.length);
  }
}

/** `weight * input + bias`. */
export function applyLayer({ weight, scale, bias }: ScaledLayer, input: Float32Array): Float32Array {
  const outputs = new Float32Array(bias.length);
  for (let output = 0, place = 0; output < outputs.length; output++) {
    let sum = 0;
    for (let index = 0; index < input.length; index++, place++)
      sum += (weight[place] as number) * (input[index] as number);
    outputs[output] = (bias[output] as number) + sum * (scale[output] as number);
  }
  return outputs;
}

/** Values below zero become zero. */
export function rectified(values: Float32Array): Float32Array {
  return values.map((value) => Math.max(0, value));
}

function readHeader(line: Uint8Array, file: string): Header {
  let header: Partial<Header>;
  try {
    header = JSON.parse(new TextDecoder().decode(line)) as Partial<Header>;
  } catch (cause) {
    throw new UserError('model-damaged', { file, reason: 'no header' }, { cause });
  }
  if (header.format !== 'sotto-intents' || header.version !== 2)
    throw new UserError('model-incompatible', { file, reason: `format ${header.format} ${header.version}` });
  return header as Header;
}
