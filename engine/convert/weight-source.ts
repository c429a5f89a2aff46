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

export interface WeightSource {
  find(name: string): WeightReference | undefined;
}

const elementTypeOf = {
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
  return {
    find(name) {
      const tensor = checkpoint.tensors.get(name);
      if (!tensor) return undefined;
      const location = relative(folder, tensor.file).replaceAll('\\', '/');
      const bytes = { location, offset: tensor.byteOffset, length: tensor.byteLength };
      return { name, type: elementTypeOf[tensor.dtype], shape: tensor.shape, bytes };
    },
  };
}
