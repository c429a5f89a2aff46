import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../contract/user-errors.ts';
import { elementTypes, ModelProto } from '../onnx/onnx-schema.ts';
import type { StoredType } from './checkpoint.ts';
import type { StoredWeight } from './stored-weight.ts';
import type { Place } from './weight-plan.ts';

interface Initializer {
  readonly name: string;
  readonly dims?: readonly unknown[];
  readonly dataType: number;
  readonly externalData?: readonly { readonly key: string; readonly value: string }[];
}
interface Node {
  readonly opType: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  readonly attribute: readonly { readonly name: string; readonly i: unknown }[];
}

const storedTypeOf: Readonly<Record<number, StoredType>> = {
  [elementTypes.float32]: 'F32',
  [elementTypes.float16]: 'F16',
  [elementTypes.bfloat16]: 'BF16',
};

export interface GraphWeights {
  /** Multiplied by a linear layer. */
  readonly matrices: readonly StoredWeight[];
  readonly others: readonly StoredWeight[];
}

/** The weights that a graph of ours takes from files, and which of them are matrices. */
export function readGraphWeights(folder: string, path: string): GraphWeights {
  const file = join(folder, path);
  let graph: { initializer: readonly Initializer[]; node: readonly Node[] };
  try {
    ({ graph } = ModelProto.decode(readFileSync(file)) as unknown as { graph: typeof graph });
  } catch (cause) {
    throw new UserError('model-damaged', { file, reason: 'not an ONNX graph' }, { cause });
  }
  const external = new Map(
    graph.initializer.filter(({ externalData }) => externalData?.length).map((entry) => [entry.name, entry]),
  );
  const placeOf = (entry: Initializer) => externalPlace(entry, dirname(path));
  const inBlocks = new Set<string>();
  const matrices: StoredWeight[] = [];
  for (const node of graph.node) {
    if (node.opType !== 'MatMulNBits') continue;
    const [, codes, scales, zeroPoints] = [0, 1, 2, 3].map((index) => origin(graph.node, node.input[index]!));
    for (const name of [codes!, scales!, zeroPoints!]) inBlocks.add(name);
    const number = (name: string) => Number(node.attribute.find((entry) => entry.name === name)?.i);
    matrices.push({
      name: codes!.replace(/ codes$/, ''),
      form: number('bits') === 4 ? 'int4' : 'int8',
      rows: number('N'),
      columns: number('K'),
      values: placeOf(external.get(codes!)!),
      scales: placeOf(external.get(scales!)!),
      zeroPoints: placeOf(external.get(zeroPoints!)!),
    });
  }
  const others: StoredWeight[] = [];
  const turned = new Set(
    graph.node
      .filter(({ opType }) => opType === 'Transpose')
      .map(({ input }) => origin(graph.node, input[0]!)),
  );
  for (const [name, entry] of external) {
    const form = storedTypeOf[entry.dataType];
    if (inBlocks.has(name) || !form) continue;
    const [rows = 1, ...rest] = (entry.dims ?? []).map(Number);
    const columns = rest.reduce((product, size) => product * size, 1);
    const weight = { name, form, rows, columns, values: placeOf(entry) };
    (rest.length === 1 && turned.has(name) ? matrices : others).push(weight);
  }
  return { matrices, others };
}

/** What a value was before it was widened. */
function origin(nodes: readonly Node[], name: string): string {
  const cast = nodes.find(({ opType, output }) => opType === 'Cast' && output[0] === name);
  return cast?.input[0] ?? name;
}

function externalPlace({ externalData }: Initializer, folder: string): Place {
  const value = (key: string) => externalData?.find((entry) => entry.key === key)?.value ?? '0';
  const location = value('location');
  const file = folder === '.' ? location : `${folder}/${location}`;
  return { file, offset: Number(value('offset')), length: Number(value('length')) };
}
