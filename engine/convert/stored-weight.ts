import { join } from 'node:path';
import { GraphWriter } from '../onnx/graph-writer.ts';
import { openSession, Tensor } from '../onnx/session.ts';
import { blockLayout, QUANTISED_BLOCK, widenRows } from './block-quantiser.ts';
import { storedTypes, type StoredType } from './checkpoint.ts';
import { NetworkWriter } from './network-writer.ts';
import { widenToFloat32 } from './number-formats.ts';
import type { OpenFiles } from './open-files.ts';
import type { Place } from './weight-plan.ts';
import { elementTypeOf, type MatrixPiece, type WeightReference } from './weight-source.ts';

/** Rows of numbers as they lie in a package. */
export interface StoredWeight {
  readonly name: string;
  readonly form: 'int4' | 'int8' | StoredType;
  readonly rows: number;
  readonly columns: number;
  readonly values: Place;
  readonly scales?: Place;
  readonly zeroPoints?: Place;
}

/** A few rows of it, as a weight of its own. */
export function rowsOf(weight: StoredWeight, first: number, count: number): StoredWeight {
  const cut = (place: Place, bytesPerRow: number): Place => ({
    file: place.file,
    offset: place.offset + first * bytesPerRow,
    length: count * bytesPerRow,
  });
  const { form, columns } = weight;
  if (form !== 'int4' && form !== 'int8') {
    return { ...weight, rows: count, values: cut(weight.values, columns * storedTypes[form]) };
  }
  const layout = blockLayout(columns, bitsOf(form));
  return {
    ...weight,
    rows: count,
    values: cut(weight.values, layout.codeBytesPerRow),
    scales: cut(weight.scales!, layout.scaleBytesPerRow),
    zeroPoints: cut(weight.zeroPoints!, layout.zeroPointBytesPerRow),
  };
}

/** The numbers, read and widened here. float32 [rows, columns] */
export function readWeight(weight: StoredWeight, folder: string, files: OpenFiles): Float32Array {
  const bytes = ({ file, offset, length }: Place): Uint8Array<ArrayBuffer> => {
    const target = new Uint8Array(length);
    files.read(join(folder, file), target, offset);
    return target;
  };
  const { form, rows, columns } = weight;
  if (form !== 'int4' && form !== 'int8') return widenToFloat32(bytes(weight.values), form);
  const codes = bytes(weight.values);
  const scales = new Uint16Array(bytes(weight.scales!).buffer);
  const zeroPoints = bytes(weight.zeroPoints!);
  return widenRows({ codes, scales, zeroPoints }, rows, columns, bitsOf(form));
}

/**
 * Multiplies with it as a graph of the package would.
 *
 * @param x float32 [n, columns]
 * @returns float32 [n, rows]
 */
export async function multiplyStored(
  weight: StoredWeight,
  folder: string,
  x: Float32Array,
): Promise<Float32Array> {
  const graph = new GraphWriter('product');
  const piece = matrixPiece(weight);
  const source = { shape: () => undefined, find: () => undefined, matrix: () => [piece] };
  const input = graph.input('x', 'float32', ['n', weight.columns]);
  const product = new NetworkWriter(graph, source).linear(input, 'layer');
  graph.output('product', product, 'float32', ['n', weight.rows]);
  const settings = { provider: 'cpu', threads: 1, externalDataFolder: folder } as const;
  const session = await openSession(graph.toBytes(), settings);
  try {
    const shape = [x.length / weight.columns, weight.columns];
    const { product: result } = await session.run({ x: new Tensor('float32', x, shape) });
    return result!.data as Float32Array;
  } finally {
    await session.release();
  }
}

function matrixPiece(weight: StoredWeight): MatrixPiece {
  const { name, form, rows, columns } = weight;
  const reference = (
    suffix: string,
    type: WeightReference['type'],
    shape: readonly number[],
    place: Place,
  ): WeightReference => {
    const bytes = { location: place.file, offset: place.offset, length: place.length };
    return { name: `${name}${suffix}`, type, shape, bytes };
  };
  if (form !== 'int4' && form !== 'int8') {
    const tensor = reference('', elementTypeOf[form], [rows, columns], weight.values);
    return { kind: 'plain', tensor, arithmetic: form === 'F16' ? 'float16' : 'float32' };
  }
  const bits = bitsOf(form);
  const blocks = Math.ceil(columns / QUANTISED_BLOCK);
  const zeroPoints = weight.zeroPoints!;
  const codeShape = [rows, blocks, blockLayout(columns, bits).blockBytes];
  return {
    kind: 'blocks',
    bits,
    rows,
    columns,
    codes: reference(' codes', 'uint8', codeShape, weight.values),
    scales: reference(' scales', 'float16', [rows * blocks], weight.scales!),
    zeroPoints: reference(' zero points', 'uint8', [zeroPoints.length], zeroPoints),
  };
}

function bitsOf(form: 'int4' | 'int8'): 4 | 8 {
  return form === 'int4' ? 4 : 8;
}
