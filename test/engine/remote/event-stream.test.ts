import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventData } from '../../../engine/remote/event-stream.ts';

async function* inPieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (let turn = 0; from < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length]!;
    yield bytes.subarray(from, from + size);
    from += size;
  }
}

const read = (text: string, sizes: readonly number[] = [1000]) =>
  Array.fromAsync(eventData(inPieces(new TextEncoder().encode(text), sizes)));

test('events come whole, wherever characters, lines and line ends are split', async () => {
  const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
  const datum = fc
    .string({ unit: 'grapheme', minLength: 1 })
    .map((text) => text.replace(/[\r\n]/g, '') || 'x');
  await fc.assert(
    fc.asyncProperty(
      fc.array(datum, { minLength: 1 }),
      lineEnd,
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
      async (data, end, sizes) => {
        const text = data.map((datum) => `data: ${datum}${end}${end}`).join('');
        expect(await read(text, sizes)).toEqual(data);
      },
    ),
  );
});

test('lines of one event are joined, comments and other fields left out', async () => {
  expect(await read(': hello\nevent: piece\nid: 7\ndata: {"a":\ndata:1}\n\nretry: 5\n\ndata: 2\n\n')).toEqual(
    ['{"a":\n1}', '2'],
  );
});

test('a last event without an empty line after it counts', async () => {
  expect(await read('data: 1\n\ndata: 2')).toEqual(['1', '2']);
  expect(await read('data: 1\r\n\r\ndata: 2\r')).toEqual(['1', '2']);
  expect(await read('')).toEqual([]);
});

test('an event that never ends is given up', async () => {
  const endless = (async function* () {
    for (;;) yield new Uint8Array(500_000).fill(0x61);
  })();
  await expect(Array.fromAsync(eventData(endless))).rejects.toThrow(RangeError);
});
