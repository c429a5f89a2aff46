/** Writes PyTorch-like files for the tests of their readers, good ones and wrong ones. */

const text = (value: string) => [...new TextEncoder().encode(value)];
const little = (value: number | bigint, bytes: number) =>
  Array.from({ length: bytes }, (_, index) => Number((BigInt(value) >> BigInt(8 * index)) & 0xffn));

/** Pickle instructions by name, as byte lists. */
export const pickle = {
  global: (module: string, name: string) => [0x63, ...text(`${module}\n${name}\n`)],
  text: (value: string) => [0x58, ...little(new TextEncoder().encode(value).length, 4), ...text(value)],
  integer: (value: number) => [0x4a, ...little(BigInt.asUintN(32, BigInt(value)), 4)],
  tuple: (...items: number[][]) => [0x28, ...items.flat(), 0x74],
  emptyTuple: [0x29],
  call: [0x52],
  reference: [0x51],
  isFalse: [0x89],
  dictionary: [0x7d],
  mark: [0x28],
  setItems: [0x75],
  build: [0x62],
};

export function pickled(...instructions: number[][]): Uint8Array {
  return Uint8Array.from([0x80, 2, ...instructions.flat(), 0x2e]);
}

/** `_rebuild_tensor_v2(storage, offset, shape, strides, False, OrderedDict())` */
export function tensorPickle(options: {
  storage?: string;
  key?: string;
  offset?: number;
  shape: number[];
  strides: number[];
}): number[] {
  const { storage = 'FloatStorage', key = '0', offset = 0, shape, strides } = options;
  const { global, tuple, integer } = pickle;
  const where = tuple(
    pickle.text('storage'),
    global('torch', storage),
    pickle.text(key),
    pickle.text('cpu'),
    integer(9),
  );
  return [
    ...global('torch._utils', '_rebuild_tensor_v2'),
    ...tuple(
      [...where, ...pickle.reference],
      integer(offset),
      tuple(...shape.map(integer)),
      tuple(...strides.map(integer)),
      pickle.isFalse,
      [...global('collections', 'OrderedDict'), ...pickle.emptyTuple, ...pickle.call],
    ),
    ...pickle.call,
  ];
}

export function statePickle(tensors: Record<string, number[]>): Uint8Array {
  const entries = Object.entries(tensors).flatMap(([name, value]) => [pickle.text(name), value]);
  return pickled(pickle.dictionary, pickle.mark, ...entries, pickle.setItems);
}

/** A zip file of stored members; `wide` keeps sizes and places in the 64-bit fields. */
export function storedZip(
  members: Record<string, Uint8Array>,
  options: { wide?: boolean; method?: number } = {},
): Uint8Array {
  const { wide = false, method = 0 } = options;
  const bytes: number[] = [];
  const directory: number[] = [];
  for (const [name, data] of Object.entries(members)) {
    const start = bytes.length;
    bytes.push(...little(0x04034b50, 4), ...little(0, 4), ...little(method, 2), ...little(0, 16));
    bytes.push(...little(name.length, 2), ...little(0, 2), ...text(name));
    for (const byte of data) bytes.push(byte);
    const sizes = wide ? little(0xffffffff, 4) : little(data.length, 4);
    const extra = wide
      ? [
          ...little(1, 2),
          ...little(24, 2),
          ...little(data.length, 8),
          ...little(data.length, 8),
          ...little(start, 8),
        ]
      : [];
    directory.push(
      ...little(0x02014b50, 4),
      ...little(0, 6),
      ...little(method, 2),
      ...little(0, 8),
      ...sizes,
      ...sizes,
    );
    directory.push(...little(name.length, 2), ...little(extra.length, 2), ...little(0, 10));
    directory.push(...(wide ? little(0xffffffff, 4) : little(start, 4)), ...text(name), ...extra);
  }
  const start = bytes.length;
  const count = Object.keys(members).length;
  bytes.push(...directory);
  if (wide) {
    const record = bytes.length;
    bytes.push(
      ...little(0x06064b50, 4),
      ...little(44, 8),
      ...little(0, 12),
      ...little(count, 8),
      ...little(count, 8),
    );
    bytes.push(...little(directory.length, 8), ...little(start, 8));
    bytes.push(...little(0x07064b50, 4), ...little(0, 4), ...little(record, 8), ...little(1, 4));
  }
  bytes.push(...little(0x06054b50, 4), ...little(0, 4), ...little(count, 2), ...little(count, 2));
  bytes.push(...little(directory.length, 4), ...little(start, 4), ...little(0, 2));
  return Uint8Array.from(bytes);
}
