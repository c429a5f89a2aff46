import { expect, test } from 'vitest';
import { decodeMessage, encodeMessage } from '../../contract/calls/binary-codec.ts';

const message = { type: 'call', input: { samples: Float32Array.from([0.25, -0.5, 1]), rate: 16_000 } };

test('a message survives a Node Buffer that is a part of a larger pool', () => {
  const bytes = encodeMessage(message);
  const pool = Buffer.alloc(bytes.length + 64, 0x7f);
  pool.set(bytes, 13);
  expect(decodeMessage(pool.subarray(13, 13 + bytes.length))).toEqual(message);
});

test('decoded samples are a copy of their own', () => {
  const bytes = encodeMessage(message);
  const decoded = decodeMessage(bytes) as typeof message;
  bytes.fill(0);
  expect([...decoded.input.samples]).toEqual([0.25, -0.5, 1]);
  expect(decoded.input.samples.buffer.byteLength).toBe(12);
});
