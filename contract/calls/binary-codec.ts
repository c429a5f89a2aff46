/**
 * One message as bytes, so that audio crosses a WebSocket without base64:
 *
 *     uint32 little endian   length of the JSON text in bytes
 *     JSON text              UTF-8, {"message", "blocks": [{"path", "length"}]}; null stands where a Float32Array was
 *     zero padding           up to a multiple of 4
 *     float32 little endian  the samples of all blocks, one after the other
 */
interface Block {
  readonly path: readonly (string | number)[];
  /** In samples. */
  readonly length: number;
}

export function encodeMessage(message: unknown): Uint8Array {
  const arrays: { path: (string | number)[]; samples: Float32Array }[] = [];
  const stripped = lift(message, [], arrays);
  const blocks: Block[] = arrays.map(({ path, samples }) => ({ path, length: samples.length }));
  const json = new TextEncoder().encode(JSON.stringify({ message: stripped, blocks }));
  const start = alignedTo4(4 + json.length);
  const sampleBytes = arrays.reduce((sum, { samples }) => sum + samples.byteLength, 0);
  const bytes = new Uint8Array(start + sampleBytes);
  new DataView(bytes.buffer).setUint32(0, json.length, true);
  bytes.set(json, 4);
  let offset = start;
  for (const { samples } of arrays) {
    bytes.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength), offset);
    offset += samples.byteLength;
  }
  return bytes;
}

/** @throws Error when the bytes are not such a message. */
export function decodeMessage(bytes: Uint8Array): unknown {
  if (bytes.length < 4) throw new Error('The message is shorter than its header.');
  const jsonLength = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  if (4 + jsonLength > bytes.length) throw new Error('The message ends inside its text.');
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(4, 4 + jsonLength));
  const envelope = JSON.parse(text) as { message?: unknown; blocks?: unknown };
  if (!Array.isArray(envelope?.blocks) || !envelope.blocks.every(isBlock))
    throw new Error('The message lists no sample blocks.');
  let offset = alignedTo4(4 + jsonLength);
  for (const { path, length } of envelope.blocks) {
    if (offset + length * 4 > bytes.length) throw new Error('A sample block lies outside the message.');
    // Not `slice`: a Node Buffer's slice is a view on a pool, and its `buffer` is the whole pool.
    const samples = new Float32Array(length);
    new Uint8Array(samples.buffer).set(bytes.subarray(offset, offset + length * 4));
    place(envelope, ['message', ...path], samples);
    offset += length * 4;
  }
  return envelope.message;
}

/** A copy of `value` with null in place of each Float32Array; the arrays are collected with their paths. */
function lift(
  value: unknown,
  path: (string | number)[],
  arrays: { path: (string | number)[]; samples: Float32Array }[],
): unknown {
  if (value instanceof Float32Array) {
    arrays.push({ path, samples: value });
    return null;
  }
  if (Array.isArray(value)) return value.map((item, index) => lift(item, [...path, index], arrays));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, lift(item, [...path, key], arrays)]),
  );
}

/** Puts the samples where `path` leads; only over the null that `lift` left there. */
function place(root: object, path: readonly (string | number)[], samples: Float32Array): void {
  let holder: unknown = root;
  for (const key of path.slice(0, -1)) holder = ownValue(holder, key);
  const last = path.at(-1) as string | number;
  if (ownValue(holder, last) !== null) throw new Error('A sample block has no place in the message.');
  (holder as Record<string | number, unknown>)[last] = samples;
}

function ownValue(holder: unknown, key: string | number): unknown {
  if (typeof holder !== 'object' || holder === null || !Object.hasOwn(holder, key)) {
    throw new Error('A sample block has no place in the message.');
  }
  return (holder as Record<string | number, unknown>)[key];
}

function isBlock(value: unknown): value is Block {
  const { path, length } = (value ?? {}) as Partial<Block>;
  return (
    Array.isArray(path) &&
    path.every((key) => typeof key === 'string' || Number.isSafeInteger(key)) &&
    Number.isSafeInteger(length) &&
    (length as number) >= 0
  );
}

function alignedTo4(length: number): number {
  return Math.ceil(length / 4) * 4;
}
