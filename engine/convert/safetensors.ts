import { closeSync, existsSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../contract/user-errors.ts';
import { widenToFloat32 } from './number-formats.ts';

/** Number formats of checkpoints that the converter understands. */
export const storedTypes = { F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, I8: 1, U8: 1, BOOL: 1 } as const;
export type StoredType = keyof typeof storedTypes;

export interface StoredTensor {
  readonly name: string;
  readonly dtype: StoredType;
  readonly shape: readonly number[];
  /** The file that holds the bytes. */
  readonly file: string;
  /** Counted from the start of the file. */
  readonly byteOffset: number;
  readonly byteLength: number;
}

const HEADER_LIMIT_BYTES = 100_000_000;

/** A checkpoint in the safetensors format; only headers are kept in memory. */
export class Safetensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;

  constructor(tensors: ReadonlyMap<string, StoredTensor>) {
    this.tensors = tensors;
  }

  /** Little endian bytes as stored. */
  readBytes(name: string): Uint8Array {
    const tensor = this.tensors.get(name);
    if (!tensor) throw new UserError('model-incompatible', { file: '', tensor: name });
    const bytes = new Uint8Array(tensor.byteLength);
    readExactly(tensor.file, bytes, tensor.byteOffset);
    return bytes;
  }

  readFloat32(name: string): Float32Array {
    const bytes = this.readBytes(name);
    return widenToFloat32(bytes, this.tensors.get(name)!.dtype);
  }
}

/** Opens one file, an index of shards (`model.safetensors.index.json`), or a folder that holds either. */
export function openSafetensors(path: string): Safetensors {
  if (path.endsWith('.safetensors')) return new Safetensors(readHeader(path));
  const index = path.endsWith('.json') ? path : join(path, 'model.safetensors.index.json');
  if (existsSync(index)) return openShards(index);
  return new Safetensors(readHeader(join(path, 'model.safetensors')));
}

function openShards(index: string): Safetensors {
  const folder = dirname(index);
  const weightMap = (parseJson(readFileSync(index, 'utf8'), index) as { weight_map?: unknown }).weight_map;
  if (typeof weightMap !== 'object' || weightMap === null) throw damaged(index, 'no weight_map');
  const shards = new Map<string, ReadonlyMap<string, StoredTensor>>();
  const tensors = new Map<string, StoredTensor>();
  for (const [name, shard] of Object.entries(weightMap as Record<string, unknown>)) {
    if (typeof shard !== 'string' || shard !== basename(shard) || shard === '..') {
      throw damaged(index, `a shard is not a plain file name`);
    }
    if (!shards.has(shard)) shards.set(shard, readHeader(join(folder, shard)));
    const tensor = shards.get(shard)!.get(name);
    if (!tensor) throw damaged(index, `${shard} lacks ${name}`);
    tensors.set(name, tensor);
  }
  return new Safetensors(tensors);
}

/** Eight bytes of header length, a JSON header, then the tensors. Every number is checked against the file. */
function readHeader(file: string): ReadonlyMap<string, StoredTensor> {
  if (!existsSync(file)) throw new UserError('model-missing', { file });
  const prefix = new Uint8Array(8);
  const fileBytes = readExactly(file, prefix, 0);
  const headerLength = Number(new DataView(prefix.buffer).getBigUint64(0, true));
  if (headerLength > Math.min(HEADER_LIMIT_BYTES, fileBytes - 8)) throw damaged(file, 'header length');
  const headerBytes = new Uint8Array(headerLength);
  readExactly(file, headerBytes, 8);
  const header = parseJson(new TextDecoder().decode(headerBytes), file);
  if (typeof header !== 'object' || header === null || Array.isArray(header)) throw damaged(file, 'header');
  const tensors = new Map<string, StoredTensor>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    tensors.set(name, checkedTensor(name, entry, file, 8 + headerLength, fileBytes));
  }
  return tensors;
}

function checkedTensor(
  name: string,
  entry: unknown,
  file: string,
  base: number,
  fileBytes: number,
): StoredTensor {
  const { dtype, shape, data_offsets: offsets } = (entry ?? {}) as Record<string, unknown>;
  const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
  if (typeof dtype !== 'string' || !Array.isArray(shape) || !shape.every(isCount)) throw damaged(file, name);
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) throw damaged(file, name);
  if (!Object.hasOwn(storedTypes, dtype)) {
    throw new UserError('model-incompatible', { file, tensor: name, reason: `number format ${dtype}` });
  }
  const [start, end] = offsets as [number, number];
  const size = shape.reduce((product, length) => product * length, storedTypes[dtype as StoredType]);
  if (end - start !== size || base + end > fileBytes) throw damaged(file, name);
  const byteOffset = base + start;
  return { name, dtype: dtype as StoredType, shape, file, byteOffset, byteLength: size };
}

/** Fills `target` from `offset` on; returns the file's size. */
export function readExactly(file: string, target: Uint8Array, offset: number): number {
  const handle = openSync(file, 'r');
  try {
    let done = 0;
    while (done < target.byteLength) {
      const count = readSync(handle, target, done, target.byteLength - done, offset + done);
      if (count === 0) throw damaged(file, 'the file ends early');
      done += count;
    }
    return fstatSync(handle).size;
  } finally {
    closeSync(handle);
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError('model-damaged', { file, reason: 'not JSON' }, { cause });
  }
}

function damaged(file: string, reason: string): UserError {
  return new UserError('model-damaged', { file, reason });
}
