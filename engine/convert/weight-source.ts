import { relative } from 'node:path';
import type { ExternalBytes } from '../onnx/graph-writer.ts';
import type { ElementType } from '../onnx/onnx-schema.ts';
import type { Checkpoint, StoredType } from './checkpoint.ts';

/** A tensor as a graph refers to it. */
export interface WeightReference {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly bytes: ExternalBytes;
}

/** Rows of a matrix [out, in], one after the other, in the form in which they are multiplied. */
export type MatrixPiece =
  | {
      readonly kind: 'plain';
      readonly tensor: WeightReference;
      /** What the product is computed in; the result is float32. */
      readonly arithmetic: 'float32' | 'float16';
    }
  | {
      readonly kind: 'blocks';
      readonly bits: 4 | 8;
      readonly rows: number;
      readonly columns: number;
      /** uint8 [rows, blocks, bytes of a block], see block-quantiser.ts */
      readonly codes: WeightReference;
      /** float16 [rows * blocks] */
      readonly scales: WeightReference;
      /** uint8 [rows * bytes of a row's zero points] */
      readonly zeroPoints: WeightReference;
    };

/** Where graphs get their weights from. Asking for a tensor's shape commits to nothing. */
export interface WeightSource {
  shape(name: string): readonly number[] | undefined;
  /** A whole tensor. */
  find(name: string): WeightReference | undefined;
  /** The weight of a linear layer. */
  matrix(name: string): readonly MatrixPiece[] | undefined;
}

export const elementTypeOf = {
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
  I64: 'int64',
  I32: 'int32',
  I8: 'int8',
  U8: 'uint8',
  BOOL: 'bool',
} as const satisfies Record<StoredType, ElementType>;

/**
 * The checkpoint's own files as external data: graphs point into them, nothing is stored twice. The graphs must lie
 * in `folder`, beside the files, since ONNX Runtime refuses external data outside the graph's folder.
 */
export function referencedInPlace(checkpoint: Checkpoint, folder: string): WeightSource {
  const find = (name: string): WeightReference | undefined => {
    const tensor = checkpoint.tensors.get(name);
    if (!tensor) return undefined;
    const location = relative(folder, tensor.file).replaceAll('\\', '/');
    const bytes = { location, offset: tensor.byteOffset, length: tensor.byteLength };
    return { name, type: elementTypeOf[tensor.dtype], shape: tensor.shape, bytes };
  };
  return {
    shape: (name) => checkpoint.tensors.get(name)?.shape,
    find,
    matrix: (name) => {
      const tensor = find(name);
      return tensor && [{ kind: 'plain', tensor, arithmetic: 'float32' }];
    },
  };
}
