import { statSync } from 'node:fs';
import { UserError } from '../../contract/user-errors.ts';
import { readExactly } from './checkpoint.ts';

/** Where an uncompressed member lies in the archive's file. */
export interface ZipMember {
  readonly byteOffset: number;
  readonly byteLength: number;
}

const END_RECORD = 0x06054b50;
const END_RECORD_BYTES = 22;
const WIDE_LOCATOR = 0x07064b50;
const WIDE_LOCATOR_BYTES = 20;
const WIDE_END_RECORD = 0x06064b50;
const ENTRY = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;
const LONGEST_COMMENT_BYTES = 65_535;
const DIRECTORY_LIMIT_BYTES = 64_000_000;
const WIDE_EXTRA = 1;
const ABSENT = 0xffffffff;

/** The members of a zip file that stores them as they are, the way PyTorch writes checkpoints; wide (zip64) or not. */
export function readZipDirectory(file: string): ReadonlyMap<string, ZipMember> {
  const fileBytes = fileSize(file);
  const reader = new FileReader(file, fileBytes);
  const { start, length, entries } = findDirectory(reader);
  if (length > DIRECTORY_LIMIT_BYTES || length < entries * ENTRY_BYTES) throw damaged(file, 'directory size');
  const directory = reader.read(start, length);
  const members = new Map<string, ZipMember>();
  let at = 0;
  for (let index = 0; index < entries; index++) {
    if (at + ENTRY_BYTES > length || directory.getUint32(at, true) !== ENTRY)
      throw damaged(file, 'directory');
    const entry = readEntry(reader, directory, at);
    if (members.has(entry.name)) throw damaged(file, `${entry.name} twice`);
    members.set(entry.name, entry.member);
    at = entry.end;
  }
  return members;
}

function findDirectory(reader: FileReader): { start: number; length: number; entries: number } {
  const tailBytes = Math.min(reader.size, END_RECORD_BYTES + LONGEST_COMMENT_BYTES);
  const tailStart = reader.size - tailBytes;
  const tail = reader.read(tailStart, tailBytes);
  let at = tailBytes - END_RECORD_BYTES;
  while (at >= 0 && tail.getUint32(at, true) !== END_RECORD) at--;
  if (at < 0) throw damaged(reader.file, 'not a zip file, or cut short');
  const plain = {
    entries: tail.getUint16(at + 10, true),
    length: tail.getUint32(at + 12, true),
    start: tail.getUint32(at + 16, true),
  };
  const locatorAt = at - WIDE_LOCATOR_BYTES;
  if (locatorAt < 0 || tail.getUint32(locatorAt, true) !== WIDE_LOCATOR) return plain;
  const record = reader.read(safe(tail.getBigUint64(locatorAt + 8, true), reader.file), 56);
  if (record.getUint32(0, true) !== WIDE_END_RECORD) throw damaged(reader.file, 'directory');
  return {
    entries: safe(record.getBigUint64(32, true), reader.file),
    length: safe(record.getBigUint64(40, true), reader.file),
    start: safe(record.getBigUint64(48, true), reader.file),
  };
}

function readEntry(reader: FileReader, directory: DataView, at: number) {
  const { file } = reader;
  const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) =>
    directory.getUint16(at + field, true),
  ) as [number, number, number];
  const end = at + ENTRY_BYTES + nameLength + extraLength + commentLength;
  if (end > directory.byteLength) throw damaged(file, 'directory');
  const name = new TextDecoder().decode(new Uint8Array(directory.buffer, at + ENTRY_BYTES, nameLength));
  const isEncrypted = (directory.getUint16(at + 8, true) & 1) !== 0;
  if (directory.getUint16(at + 10, true) !== 0 || isEncrypted) {
    throw new UserError('model-incompatible', { file, reason: `${name} is compressed or encrypted` });
  }
  const sizes = [24, 20, 42].map((field) => directory.getUint32(at + field, true));
  const extra = new DataView(directory.buffer, at + ENTRY_BYTES + nameLength, extraLength);
  const [byteLength, storedLength, headerOffset] = widened(sizes, extra, file) as [number, number, number];
  if (byteLength !== storedLength) throw damaged(file, name);
  const header = reader.read(headerOffset, LOCAL_HEADER_BYTES);
  if (header.getUint32(0, true) !== LOCAL_HEADER) throw damaged(file, name);
  const byteOffset =
    headerOffset + LOCAL_HEADER_BYTES + header.getUint16(26, true) + header.getUint16(28, true);
  if (byteOffset + byteLength > reader.size) throw damaged(file, name);
  return { name, member: { byteOffset, byteLength }, end };
}

/** Numbers that do not fit in 32 bits stand, in this order, in the extra field of the wide format. */
function widened(values: readonly number[], extra: DataView, file: string): number[] {
  if (!values.includes(ABSENT)) return [...values];
  let at = 0;
  while (at + 4 <= extra.byteLength && extra.getUint16(at, true) !== WIDE_EXTRA) {
    at += 4 + extra.getUint16(at + 2, true);
  }
  let next = at + 4;
  return values.map((value) => {
    if (value !== ABSENT) return value;
    if (next + 8 > extra.byteLength) throw damaged(file, 'directory');
    next += 8;
    return safe(extra.getBigUint64(next - 8, true), file);
  });
}

class FileReader {
  readonly file: string;
  readonly size: number;

  constructor(file: string, size: number) {
    this.file = file;
    this.size = size;
  }

  read(start: number, length: number): DataView<ArrayBuffer> {
    if (start + length > this.size) throw damaged(this.file, 'the file ends early');
    const bytes = new Uint8Array(length);
    readExactly(this.file, bytes, start);
    return new DataView(bytes.buffer);
  }
}

function fileSize(file: string): number {
  const status = statSync(file, { throwIfNoEntry: false });
  if (!status) throw new UserError('model-missing', { file });
  return status.size;
}

function safe(value: bigint, file: string): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged(file, 'directory');
  return Number(value);
}

function damaged(file: string, reason: string): UserError {
  return new UserError('model-damaged', { file, reason });
}
