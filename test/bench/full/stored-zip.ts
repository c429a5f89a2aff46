import { writeSync } from 'node:fs';

/** Writes a zip file member by member, stored as they are, with 64-bit places; sums are left out. */
export function storedZipHeader(file: number): {
  member(name: string, bytes: number, write: () => void): void;
  finish(): void;
} {
  const directory: Buffer[] = [];
  let at = 0;
  const put = (bytes: Buffer) => {
    writeSync(file, bytes);
    at += bytes.length;
  };
  return {
    member(name, bytes, write) {
      const text = Buffer.from(name);
      const start = at;
      const local = Buffer.alloc(30);
      local.writeUInt32LE(0x04034b50, 0);
      local.writeUInt16LE(text.length, 26);
      put(Buffer.concat([local, text]));
      write();
      at += bytes;
      const entry = Buffer.alloc(46);
      entry.writeUInt32LE(0x02014b50, 0);
      for (const field of [20, 24, 42]) entry.writeUInt32LE(0xffffffff, field);
      entry.writeUInt16LE(text.length, 28);
      entry.writeUInt16LE(28, 30);
      const wide = Buffer.alloc(28);
      wide.writeUInt16LE(1, 0);
      wide.writeUInt16LE(24, 2);
      [bytes, bytes, start].forEach((value, index) => wide.writeBigUInt64LE(BigInt(value), 4 + 8 * index));
      directory.push(entry, text, wide);
    },
    finish() {
      const start = at;
      const count = directory.length / 3;
      put(Buffer.concat(directory));
      const length = at - start;
      const record = Buffer.alloc(56);
      record.writeUInt32LE(0x06064b50, 0);
      record.writeBigUInt64LE(44n, 4);
      [count, count, length, start].forEach((value, index) =>
        record.writeBigUInt64LE(BigInt(value), 24 + 8 * index),
      );
      const locator = Buffer.alloc(20);
      locator.writeUInt32LE(0x07064b50, 0);
      locator.writeBigUInt64LE(BigInt(at), 8);
      locator.writeUInt32LE(1, 16);
      const end = Buffer.alloc(22);
      end.writeUInt32LE(0x06054b50, 0);
      for (const field of [8, 10]) end.writeUInt16LE(0xffff, field);
      for (const field of [12, 16]) end.writeUInt32LE(0xffffffff, field);
      put(Buffer.concat([record, locator, end]));
    },
  };
}
