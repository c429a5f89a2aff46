import { UserError } from '../../contract/user-errors.ts';
import { Checkpoint, readExactly, storedTypes, type StoredTensor, type StoredType } from './checkpoint.ts';
import { isKind, RestrictedPickle, type PickledValue } from './restricted-pickle.ts';
import { readZipDirectory, type ZipMember } from './zip-archive.ts';

const PICKLE_LIMIT_BYTES = 64_000_000;
const REBUILD_TENSOR = 'torch._utils._rebuild_tensor_v2';
const REBUILD_PARAMETER = 'torch._utils._rebuild_parameter';

const storageTypes: Readonly<Record<string, StoredType>> = {
  'torch.FloatStorage': 'F32',
  'torch.HalfStorage': 'F16',
  'torch.BFloat16Storage': 'BF16',
  'torch.LongStorage': 'I64',
  'torch.IntStorage': 'I32',
  'torch.CharStorage': 'I8',
  'torch.ByteStorage': 'U8',
  'torch.BoolStorage': 'BOOL',
};
const allowedNames = new Set([
  'collections.OrderedDict',
  REBUILD_TENSOR,
  REBUILD_PARAMETER,
  ...Object.keys(storageTypes),
]);

/**
 * A state dictionary written by `torch.save` (zip format): a pickle that names tensors and describes views of raw
 * storages beside it. The pickle is read as data, see RestrictedPickle; the storages stay in the file.
 */
export function openTorchCheckpoint(file: string): Checkpoint {
  const members = readZipDirectory(file);
  const pickleName = [...members.keys()].find((name) => name === 'data.pkl' || name.endsWith('/data.pkl'));
  const pickle = pickleName === undefined ? undefined : members.get(pickleName);
  if (!pickle || pickle.byteLength > PICKLE_LIMIT_BYTES) {
    throw new UserError('model-incompatible', { file, reason: 'not a PyTorch checkpoint' });
  }
  const bytes = new Uint8Array(pickle.byteLength);
  readExactly(file, bytes, pickle.byteOffset);
  const state = new RestrictedPickle(bytes, allowedNames, file).read();
  if (!(state instanceof Map))
    throw new UserError('model-incompatible', { file, reason: 'not a state dictionary' });
  const storages = new StorageFolder(file, members, pickleName!.slice(0, -'data.pkl'.length));
  const tensors = new Map<string, StoredTensor>();
  for (const [name, value] of state) {
    if (typeof name !== 'string')
      throw new UserError('model-incompatible', { file, reason: 'a nameless tensor' });
    tensors.set(name, storages.tensor(name, value));
  }
  return new Checkpoint(tensors);
}

/** The raw storages of one checkpoint, and the views of them that its pickle describes. */
class StorageFolder {
  readonly #file: string;
  readonly #members: ReadonlyMap<string, ZipMember>;
  readonly #folder: string;

  constructor(file: string, members: ReadonlyMap<string, ZipMember>, folder: string) {
    this.#file = file;
    this.#members = members;
    this.#folder = folder;
  }

  tensor(name: string, value: PickledValue): StoredTensor {
    if (!isKind(value, 'call')) throw this.#unsuitable(name, 'not a tensor');
    const built = value.callee === REBUILD_PARAMETER ? value.values[0] : value;
    if (!isKind(built, 'call') || built.callee !== REBUILD_TENSOR)
      throw this.#unsuitable(name, 'not a tensor');
    const [storage, offset, shape, strides] = built.values;
    if (!isCount(offset)) throw this.#unsuitable(name, 'not a tensor');
    const { type, member } = this.#storage(name, storage);
    const sizes = this.#counts(name, shape);
    if (!isContiguous(sizes, this.#counts(name, strides)))
      throw this.#unsuitable(name, 'not stored in one run');
    const byteLength = sizes.reduce((product, size) => product * size, storedTypes[type]);
    const start = offset * storedTypes[type];
    if (!(start + byteLength <= member.byteLength)) {
      throw new UserError('model-damaged', { file: this.#file, reason: `${name} leaves its storage` });
    }
    return {
      name,
      dtype: type,
      shape: sizes,
      file: this.#file,
      byteOffset: member.byteOffset + start,
      byteLength,
    };
  }

  /** ('storage', type, key, device, count) */
  #storage(name: string, value: PickledValue | undefined): { type: StoredType; member: ZipMember } {
    const [tag, typeName, key] = isKind(value, 'reference') ? value.values : [];
    const type = isKind(typeName, 'name') ? storageTypes[typeName.name] : undefined;
    if (tag !== 'storage' || typeof key !== 'string' || !type)
      throw this.#unsuitable(name, 'an unknown storage');
    const member = this.#members.get(`${this.#folder}data/${key}`);
    if (!member) throw new UserError('model-damaged', { file: this.#file, reason: `no storage for ${name}` });
    return { type, member };
  }

  #counts(name: string, value: PickledValue | undefined): number[] {
    if (!isKind(value, 'tuple') || !value.values.every(isCount)) throw this.#unsuitable(name, 'sizes');
    return value.values as number[];
  }

  #unsuitable(tensor: string, reason: string): UserError {
    return new UserError('model-incompatible', { file: this.#file, tensor, reason });
  }
}

function isCount(value: PickledValue | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis]!;
  }
  return shape.length === strides.length;
}
