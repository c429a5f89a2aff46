import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { openSession, Tensor, type ExecutionProvider, type Tensors } from '../../../engine/onnx/session.ts';

/** One input: its shape, and how its values run. */
export interface GraphFeed {
  readonly type: 'float32' | 'int32' | 'int64';
  readonly shape: readonly number[];
  /** Constant whole numbers; absent: waves between -1 and 1. */
  readonly values?: readonly number[];
}

export interface GraphRun {
  readonly graph: string;
  readonly feeds: Readonly<Record<string, GraphFeed>>;
}

export interface ProviderComparison {
  readonly graph: string;
  /** By output: the largest difference, and the largest value on the processor. */
  readonly outputs: Readonly<Record<string, readonly [difference: number, largest: number]>>;
}

/** `node compare-providers.ts <provider> <file with GraphRun[]>`: each graph there and on the processor; prints JSON. */
const [provider, runsFile] = process.argv.slice(2) as [ExecutionProvider, string];
for (const { graph, feeds } of JSON.parse(readFileSync(runsFile, 'utf8')) as GraphRun[]) {
  const [there, here] = [await results(provider, graph, feeds), await results('cpu', graph, feeds)];
  const outputs = Object.fromEntries(
    Object.entries(here).map(([name, tensor]) => {
      const [expected, actual] = [tensor.data as Float32Array, there[name]!.data as Float32Array];
      const apart = expected.reduce(
        (most, value, index) => Math.max(most, Math.abs(value - actual[index]!)),
        0,
      );
      return [name, [apart, expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0)]];
    }),
  );
  process.stdout.write(`${JSON.stringify({ graph: basename(graph), outputs })}\n`);
}

async function results(on: ExecutionProvider, graph: string, feeds: GraphRun['feeds']): Promise<Tensors> {
  const session = await openSession(graph, { provider: on, threads: 1 });
  const tensors = Object.fromEntries(Object.entries(feeds).map(([name, feed]) => [name, tensorOf(feed)]));
  const found = await session.run(tensors);
  await session.release();
  return found;
}

function tensorOf({ type, shape, values }: GraphFeed): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  if (type === 'float32')
    return new Tensor(
      type,
      Float32Array.from({ length: count }, (_, index) => Math.sin(index * 0.7)),
      shape,
    );
  if (type === 'int32') return new Tensor(type, Int32Array.from(values!), shape);
  return new Tensor(type, BigInt64Array.from(values!, BigInt), shape);
}
