import type { ElementType } from '../onnx/onnx-schema.ts';
import { elementTypes, ModelProto } from '../onnx/onnx-schema.ts';
import { openSession, Tensor } from '../onnx/session.ts';
import { randomNumbers } from './weight-check.ts';

/** Lengths for a trial run, by the names that the graphs give to axes of no fixed size. */
const AXES: Readonly<Record<string, number>> = {
  batch: 1,
  n: 3,
  m: 1,
  capacity: 4,
  'mel frame': 64,
  frame: 9,
  T: 10,
  sample: 4800,
  t: 0,
  '2t': 0,
};
/** Whole numbers that fit these lengths, by input. */
const WHOLE: Readonly<Record<string, readonly number[]>> = {
  length: [62],
  last_position: [2],
  sequence_length: [3],
  rows: [2],
  tokens: [1, 2, 3],
  padding: [3],
};

interface GraphInput {
  readonly name: string;
  readonly type: number;
  readonly shape: readonly number[];
}

/** Results of one run on made-up inputs, by name; always the same inputs for the same graph. */
export type TrialResults = ReadonlyMap<string, Float32Array>;

/**
 * Runs a graph of ours once. `folder` holds the weights that it names.
 *
 * @throws when the graph cannot be opened or run, or computes something that is not a number.
 */
export async function tryGraph(graph: Uint8Array, folder: string): Promise<TrialResults> {
  const session = await openSession(graph, { provider: 'cpu', threads: 1, externalDataFolder: folder });
  try {
    const feeds = Object.fromEntries(inputsOf(graph).map((input) => [input.name, feed(input)]));
    const outputs = await session.run(feeds);
    const results = new Map<string, Float32Array>();
    for (const [name, tensor] of Object.entries(outputs)) {
      // What only passes caches on says nothing that the results do not.
      if (/^(present|next)_/.test(name)) continue;
      const values = tensor.data as Float32Array;
      if (!values.every(Number.isFinite)) throw new Error(`${name} holds something that is not a number`);
      results.set(name, Float32Array.from(values));
    }
    return results;
  } finally {
    await session.release();
  }
}

/** One number that tells results apart: their root mean square, to four digits. */
export function sizeOf(results: TrialResults): number {
  let sum = 0;
  let count = 0;
  for (const values of results.values()) {
    for (const value of values) sum += value * value;
    count += values.length;
  }
  return Number(Math.sqrt(sum / Math.max(1, count)).toPrecision(4));
}

function inputsOf(graph: Uint8Array): GraphInput[] {
  const { graph: body } = ModelProto.decode(graph) as unknown as {
    graph: {
      input: {
        name: string;
        type: {
          tensorType: { elemType: number; shape: { dim: { dimParam?: string; dimValue?: unknown }[] } };
        };
      }[];
    };
  };
  return body.input.map(({ name, type: { tensorType } }) => ({
    name,
    type: tensorType.elemType,
    shape: tensorType.shape.dim.map(({ dimParam, dimValue }) =>
      dimParam ? (AXES[dimParam] ?? 1) : Number(dimValue),
    ),
  }));
}

function feed({ name, type, shape }: GraphInput): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  const kind = (Object.keys(elementTypes) as ElementType[]).find((key) => elementTypes[key] === type);
  const whole = WHOLE[name] ?? [];
  const numbers = Array.from({ length: count }, (_, index) => whole[index % (whole.length || 1)] ?? 0);
  if (kind === 'int64') return new Tensor('int64', BigInt64Array.from(numbers, BigInt), shape);
  if (kind === 'int32') return new Tensor('int32', Int32Array.from(numbers), shape);
  const isCache = /^(past|columns|lookahead|upsampling)_/.test(name);
  return new Tensor('float32', isCache ? new Float32Array(count) : randomNumbers(name, count), shape);
}
