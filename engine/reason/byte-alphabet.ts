/**
 * Byte-level vocabularies write each byte as one printable character: printable Latin-1 bytes stand for themselves,
 * the others take the code points from 256 on, in order.
 */
export const byteOfCharacter: ReadonlyMap<string, number> = makeAlphabet();

function makeAlphabet(): Map<string, number> {
  const isPrintable = (byte: number) =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
  const alphabet = new Map<string, number>();
  let next = 256;
  for (let byte = 0; byte < 256; byte++) {
    alphabet.set(String.fromCodePoint(isPrintable(byte) ? byte : next++), byte);
  }
  return alphabet;
}
