import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../contract/user-errors.ts';
import { Checkpoint, readExactly, storedTypes, type StoredTensor, type StoredType } from './checkpoint.ts';

const HEADER_LIMIT_BYTES = 100_000_000;

/** Opens one file, an index of shards (`model.safetensors.index.json`), or a folder that holds either. */
export function openSafetensors(path: string): Checkpoint {
  if (path.endsWith('.safetensors')) return new Checkpoint(readHeader(path));
  const index = path.endsWith('.json') ? path : join(path, 'model.safetensors.index.json');
  if (existsSync(index)) return openShards(index);
  return new Checkpoint(readHeader(join(path, 'model.safetensors')));
}

function openShards(index: string): Checkpoint {
  const folder = dirname(index);
  const content = parseJson(readFileSync(index, 'utf8'), index) as { weight_map?: unknown } | null;
  const weightMap = content?.weight_map;
  if (typeof weightMap !== 'object' || weightMap === null) throw damaged(index, 'no weight_map');
  const shards = new Map<string, ReadonlyMap<string, StoredTensor>>();
  const tensors = new Map<string, StoredTensor>();
  for (const [name, shard] of Object.entries(weightMap as Record<string, unknown>)) {
    if (typeof shard !== 'string' || !isPlainName(shard)) {
      throw damaged(index, `a shard is not a plain file name`);
    }
    if (!shards.has(shard)) shards.set(shard, readHeader(join(folder, shard)));
    const tensor = shards.get(shard)!.get(name);
    if (!tensor) throw damaged(index, `${shard} lacks ${name}`);
    tensors.set(name, tensor);
  }
  return new Checkpoint(tensors);
}

function isPlainName(shard: string): boolean {
  return shard === basename(shard) && !['', '.', '..'].includes(shard) && !/[\\:\0]/.test(shard);
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
