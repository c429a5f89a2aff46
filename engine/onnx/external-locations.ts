import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { UserError } from '../../contract/user-errors.ts';
import { MessageReader, type ByteSource } from './message-reader.ts';

/** Messages of the ONNX format that can lead to a tensor, by field number. */
type Message = 'graph' | 'node' | 'attribute' | 'function' | 'training' | 'sparse' | 'tensor' | 'entry';
const children: Readonly<Record<'model' | Message, Readonly<Record<number, Message>>>> = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 6: 'graph', 10: 'tensor', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  function: { 7: 'node', 11: 'attribute' },
  training: { 1: 'graph', 2: 'graph' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  tensor: { 13: 'entry' },
  entry: {},
};
const ENTRY_KEY = 1;
const ENTRY_VALUE = 2;
const DEEPEST = 64;
const LONGEST_TEXT_BYTES = 65_536;

/** The files that a graph takes its tensors from, as it names them; refuses names that leave its folder. */
export function externalLocations(onnx: Uint8Array, file: string): ReadonlySet<string> {
  return collectLocations(
    { size: onnx.length, read: (offset, length) => onnx.subarray(offset, offset + length) },
    file,
  );
}

/** The same for a graph of any size: the tensors inside it are passed over unread. */
export function externalLocationsOf(file: string): ReadonlySet<string> {
  const handle = openSync(file, 'r');
  try {
    const read = (offset: number, length: number): Uint8Array => {
      const bytes = new Uint8Array(length);
      return bytes.subarray(0, readSync(handle, bytes, 0, length, offset));
    };
    return collectLocations({ size: fstatSync(handle).size, read }, file);
  } finally {
    closeSync(handle);
  }
}

function collectLocations(source: ByteSource, file: string): ReadonlySet<string> {
  const locations = new Set<string>();
  const reader = new MessageReader(source);
  let graphs = 0;
  const visit = (message: 'model' | Message, start: number, end: number, depth: number): void => {
    if (depth > DEEPEST) throw new RangeError('nested too deeply');
    const entry = { isLocation: false, value: '' };
    for (const field of reader.fields(start, end)) {
      if (message === 'model' && field.number === 7) graphs += 1;
      if (message === 'entry' && (field.number === ENTRY_KEY || field.number === ENTRY_VALUE)) {
        if (field.length > LONGEST_TEXT_BYTES) throw new RangeError('a name too long');
        const text = reader.text(field);
        if (field.number === ENTRY_VALUE) entry.value = text;
        else entry.isLocation ||= text === 'location';
      }
      const child = children[message][field.number];
      if (child && field.isMessage) visit(child, field.start, field.start + field.length, depth + 1);
    }
    if (entry.isLocation) locations.add(entry.value);
  };
  try {
    visit('model', 0, source.size, 0);
  } catch (cause) {
    throw new UserError('model-damaged', { file, reason: 'not an ONNX graph' }, { cause });
  }
  if (graphs === 0) throw new UserError('model-damaged', { file, reason: 'not an ONNX graph' });
  for (const location of locations) {
    if (location === '' || /^[/\\]|[\\:\0]/.test(location) || location.split('/').includes('..')) {
      throw new UserError('model-damaged', { file, reason: `refers to ${location}` });
    }
  }
  return locations;
}
