/** Samples in [-1, 1] as 16-bit little-endian PCM; what lies outside is clipped. */
export function toSixteenBit(samples: Float32Array): Buffer {
  const bytes = Buffer.alloc(samples.length * 2);
  for (let index = 0; index < samples.length; index += 1) {
    const sample = Math.max(-1, Math.min(1, samples[index] as number));
    bytes.writeInt16LE(Math.round(sample * 32767), index * 2);
  }
  return bytes;
}

/** 16-bit little-endian PCM as samples in [-1, 1]. */
export function fromSixteenBit(bytes: Buffer): Float32Array {
  const samples = new Float32Array(bytes.length >> 1);
  for (let index = 0; index < samples.length; index += 1)
    samples[index] = bytes.readInt16LE(index * 2) / 32767;
  return samples;
}
