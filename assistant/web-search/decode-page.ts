/** Where a page names its own encoding, it does so early. */
const HEAD_BYTES = 2048;

/** The bytes of a page as text: by its first bytes, else what the server says, else what the page says, else UTF-8. */
export function decodePage(bytes: Uint8Array, contentType: string): string {
  const label =
    byteOrder(bytes) ?? /charset\s*=\s*"?([\w.:-]+)/i.exec(contentType)?.[1] ?? ownCharset(bytes) ?? 'utf-8';
  return decoder(label).decode(bytes);
}

function byteOrder([first, second, third]: Uint8Array): string | undefined {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return first === 0xff && second === 0xfe ? 'utf-16le' : undefined;
}

function ownCharset(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD_BYTES));
  return /<meta[^>]{0,200}charset\s*=\s*["']?([\w.:-]+)/i.exec(head)?.[1];
}

function decoder(label: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(label);
  } catch {
    return new TextDecoder();
  }
}
