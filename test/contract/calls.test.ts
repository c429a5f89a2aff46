import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { decodeMessage, encodeMessage } from '../../contract/calls/binary-codec.ts';
import { connectCalls } from '../../contract/calls/call-client.ts';
import { serveCalls } from '../../contract/calls/call-server.ts';
import { memoryChannelPair } from '../../contract/calls/memory-channel.ts';
import { UserError } from '../../contract/user-errors.ts';

interface Sums {
  add(input: { a: number; b: number }, signal: AbortSignal): Promise<number>;
  count(input: { to: number }, signal: AbortSignal): AsyncIterable<number>;
  wait(input: object, signal: AbortSignal): Promise<void>;
  refuse(input: object, signal: AbortSignal): Promise<void>;
}
const kinds = { add: 'request', count: 'stream', wait: 'request', refuse: 'request' } as const;
const never = new AbortController().signal;

function connected(service: Partial<Sums>) {
  const [near, far] = memoryChannelPair();
  serveCalls(far, kinds, service);
  return { client: connectCalls<Sums>(near, kinds), near, far };
}

test('a request is answered with its result', async () => {
  const { client } = connected({ add: async ({ a, b }) => a + b });
  expect(await client.add({ a: 2, b: 3 }, never)).toBe(5);
});

test('a stream longer than the credit arrives whole and in order', async () => {
  const { client } = connected({
    async *count({ to }) {
      for (let n = 0; n < to; n++) yield n;
    },
  });
  const seen: number[] = [];
  for await (const n of client.count({ to: 500 }, never)) seen.push(n);
  expect(seen).toEqual([...Array(500).keys()]);
});

test('a stream does not run ahead of a consumer that takes nothing', async () => {
  let produced = 0;
  const { client } = connected({
    async *count() {
      for (;;) yield produced++;
    },
  });
  const items = client.count({ to: 0 }, never)[Symbol.asyncIterator]();
  await items.next();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(produced).toBeLessThan(100);
  await items.return?.();
});

test('leaving a stream early closes the generator at the other end', async () => {
  const closed = vi.fn();
  const { client } = connected({
    async *count() {
      try {
        for (let n = 0; ; n++) yield n;
      } finally {
        closed();
      }
    },
  });
  for await (const n of client.count({ to: 0 }, never)) if (n === 3) break;
  await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce());
});

test('aborting a request rejects with the reason and aborts the work at the other end', async () => {
  let inner: AbortSignal | undefined;
  const { client } = connected({
    wait: (_input, signal) =>
      new Promise((_resolve, reject) => {
        inner = signal;
        signal.addEventListener('abort', () => reject(signal.reason));
      }),
  });
  const controller = new AbortController();
  const pending = client.wait({}, controller.signal);
  await vi.waitFor(() => expect(inner).toBeDefined());
  controller.abort(new Error('key pressed again'));
  await expect(pending).rejects.toThrow('key pressed again');
  await vi.waitFor(() => expect(inner?.aborted).toBe(true));
});

test("a user's error crosses with its code and details, any other error as internal without its text", async () => {
  const { client } = connected({
    refuse: async () => {
      throw new UserError('tool-off', { tool: 'get_weather' });
    },
    add: async () => {
      throw new Error('secret path');
    },
  });
  await expect(client.refuse({}, never)).rejects.toMatchObject({
    code: 'tool-off',
    details: { tool: 'get_weather' },
  });
  const failure = await client.add({ a: 1, b: 1 }, never).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: 'internal' });
  expect(String(failure)).not.toContain('secret');
});

test('a closed channel rejects every running call and aborts its work', async () => {
  let inner: AbortSignal | undefined;
  const { client, near } = connected({
    wait: (_input, signal) => {
      inner = signal;
      return new Promise(() => {});
    },
  });
  const pending = client.wait({}, never);
  await vi.waitFor(() => expect(inner).toBeDefined());
  near.close();
  await expect(pending).rejects.toMatchObject({ code: 'connection-lost' });
  expect(inner?.aborted).toBe(true);
});

test('a name outside the contract is refused, even one that every object inherits', async () => {
  const [near, far] = memoryChannelPair();
  serveCalls(far, kinds, {});
  const inherited = { toString: 'request', valueOf: 'request' } as const;
  const client = connectCalls<{ valueOf(input: object, signal: AbortSignal): Promise<void> }>(
    near,
    inherited,
  );
  await expect(client.valueOf({}, never)).rejects.toMatchObject({ code: 'bad-request' });
});

test('any message with samples anywhere inside survives the binary codec', () => {
  const samples = fc.float32Array({ noNaN: true, maxLength: 40 });
  const message = fc.record({
    text: fc.string(),
    one: samples,
    deep: fc.array(fc.record({ more: samples, n: fc.integer() })),
  });
  fc.assert(
    fc.property(message, (original) => {
      expect(decodeMessage(encodeMessage(original))).toEqual(original);
    }),
  );
});

test('damaged bytes are refused and never read outside the message', () => {
  const whole = encodeMessage({ samples: new Float32Array([1, 2, 3]) });
  fc.assert(
    fc.property(fc.nat(whole.length - 1), (length) => {
      expect(() => decodeMessage(whole.subarray(0, length))).toThrow();
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      try {
        decodeMessage(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }),
  );
});
