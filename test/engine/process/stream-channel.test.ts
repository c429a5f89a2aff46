import { duplexPair } from 'node:stream';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { StreamChannel } from '../../../engine/process/stream-channel.ts';

test('messages arrive whole and in order, however the bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ text: fc.string(), count: fc.integer(), size: fc.nat(2000) }), {
        minLength: 1,
        maxLength: 10,
      }),
      fc.integer({ min: 1, max: 997 }),
      async (records, cut) => {
        const [near, far] = duplexPair();
        const [rawOut, cutIn] = duplexPair();
        const [sender, receiver] = [new StreamChannel(near), new StreamChannel(rawOut)];
        far.on('data', (bytes: Uint8Array) => {
          for (let at = 0; at < bytes.length; at += cut) cutIn.write(bytes.slice(at, at + cut));
        });
        const messages = records.map(({ size, ...rest }) => ({
          ...rest,
          samples: new Float32Array(size).fill(size),
        }));
        const received: unknown[] = [];
        const all = new Promise<void>((resolve) => {
          receiver.onMessage((message) => {
            if (received.push(message) === messages.length) resolve();
          });
        });
        for (const message of messages) sender.send(message);
        await all;
        expect(received).toEqual(messages);
      },
    ),
    { numRuns: 30 },
  );
});

test('closing one end closes the other, once, and sending then throws', async () => {
  const [near, far] = duplexPair().map((stream) => new StreamChannel(stream)) as [
    StreamChannel,
    StreamChannel,
  ];
  let closes = 0;
  far.onClose(() => (closes += 1));
  near.close();
  near.close();
  await expect.poll(() => closes).toBe(1);
  expect(() => far.send({})).toThrow('closed');
});

test.each([
  ['a length that cannot be', [255, 255, 255, 255, 0]],
  ['a message that is none', [4, 0, 0, 0, 9, 9, 9, 9]],
])('%s closes the channel', async (_name, bytes) => {
  const [near, far] = duplexPair();
  const channel = new StreamChannel(far);
  const closed = new Promise<void>((resolve) => channel.onClose(resolve));
  near.write(Uint8Array.from(bytes));
  await closed;
  expect(() => channel.send({})).toThrow('closed');
});
