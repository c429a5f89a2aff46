import { readSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import { UserError } from '../../../contract/user-errors.ts';

/** An open zip file: descriptor, size, and its path for messages. */
export interface ZipFile {
  readonly file: number;
  readonly bytes: number;
  readonly path: string;
}

export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly bytes: number;
  readonly headerAt: number;
}

const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const HEADER_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const HEADER_BYTES = 30;
const LONGEST_COMMENT = 65_535;
const STORED = 0;
const DEFLATED = 8;
const ENCRYPTED_FLAG = 1;
const UNIX_KIND = 0o170000;
const UNIX_LINK = 0o120000;

/**
 * The directory of a zip, within bounds: no more entries than `most`, no links, nothing encrypted, no extensions for
 * files above 4 GiB, and every entry within the file.
 *
 * @throws UserError voice-pack-damaged with the reason
 */
export function zipEntries(zip: ZipFile, most: number): ZipEntry[] {
  const tail = readAt(
    zip,
    Math.max(0, zip.bytes - END_BYTES - LONGEST_COMMENT),
    Math.min(zip.bytes, END_BYTES + LONGEST_COMMENT),
  );
  let end = tail.length - END_BYTES;
  while (end >= 0 && tail.readUInt32LE(end) !== END_SIGNATURE) end -= 1;
  if (end < 0) throw damaged(zip, 'not-a-zip');
  const count = tail.readUInt16LE(end + 10);
  const directoryBytes = tail.readUInt32LE(end + 12);
  const directoryAt = tail.readUInt32LE(end + 16);
  if (count > most) throw damaged(zip, 'too-many');
  if (directoryAt + directoryBytes > zip.bytes) throw damaged(zip, 'cut-off');
  const directory = readAt(zip, directoryAt, directoryBytes);
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count;) {
    if (at + ENTRY_BYTES > directory.length || directory.readUInt32LE(at) !== ENTRY_SIGNATURE)
      throw damaged(zip, 'cut-off');
    const nameBytes = directory.readUInt16LE(at + 28);
    const unixKind = (directory.readUInt32LE(at + 38) >>> 16) & UNIX_KIND;
    if (unixKind === UNIX_LINK) throw damaged(zip, 'link');
    if ((directory.readUInt16LE(at + 8) & ENCRYPTED_FLAG) !== 0) throw damaged(zip, 'encrypted');
    entries.push({
      name: directory.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes),
      method: directory.readUInt16LE(at + 10),
      packedBytes: directory.readUInt32LE(at + 20),
      bytes: directory.readUInt32LE(at + 24),
      headerAt: directory.readUInt32LE(at + 42),
    });
    at += ENTRY_BYTES + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return entries;
}

/** The content of one entry, never more than `most` bytes, whatever the zip says. */
export function readEntry(zip: ZipFile, entry: ZipEntry, most: number): Uint8Array {
  if (entry.bytes > most || entry.packedBytes > most + 1024) throw damaged(zip, 'too-large');
  const header = readAt(zip, entry.headerAt, HEADER_BYTES);
  if (header.readUInt32LE(0) !== HEADER_SIGNATURE) throw damaged(zip, 'cut-off');
  const at = entry.headerAt + HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28);
  const packed = readAt(zip, at, entry.packedBytes);
  const content = unpacked(zip, entry, packed, most);
  if (content.length !== entry.bytes) throw damaged(zip, 'cut-off');
  return content;
}

function unpacked(zip: ZipFile, entry: ZipEntry, packed: Buffer, most: number): Uint8Array {
  if (entry.method === STORED) return packed;
  if (entry.method !== DEFLATED) throw damaged(zip, 'method');
  try {
    return inflateRawSync(packed, { maxOutputLength: most });
  } catch (cause) {
    throw damaged(zip, 'too-large', cause);
  }
}

function readAt(zip: ZipFile, position: number, length: number): Buffer {
  if (position + length > zip.bytes) throw damaged(zip, 'cut-off');
  const bytes = Buffer.alloc(length);
  if (readSync(zip.file, bytes, 0, length, position) !== length) throw damaged(zip, 'cut-off');
  return bytes;
}

export function damaged({ path }: Pick<ZipFile, 'path'>, reason: string, cause?: unknown): UserError {
  return new UserError('voice-pack-damaged', { path, reason }, { cause });
}
