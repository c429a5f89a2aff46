import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { VoicePrompt } from './mel-stream.ts';

const FORMAT = 1;
const LENGTH_BYTES = 4;

const header = z.object({
  format: z.literal(FORMAT),
  tokens: z.array(z.number().int().min(0)).min(1),
  bands: z.number().int().positive(),
  frames: z.number().int().positive(),
  embedding: z.number().int().positive(),
});

/**
 * A voice once made is kept as `<key>.voice`: the length of a JSON header (uint32 little endian), the header, then
 * float32 little endian: the mel [band, frame] and the speaker embedding. Undefined when it is not there or damaged.
 */
export function readVoicePrompt(folder: string, key: string): VoicePrompt | undefined {
  try {
    const bytes = Uint8Array.from(readFileSync(pathOf(folder, key)));
    const length = new DataView(bytes.buffer).getUint32(0, true);
    const text = new TextDecoder().decode(bytes.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
    const { tokens, bands, frames, embedding } = header.parse(JSON.parse(text));
    const values = new Float32Array(bytes.slice(LENGTH_BYTES + length).buffer);
    if (values.length !== bands * frames + embedding || frames !== 2 * tokens.length) return undefined;
    return {
      tokens,
      mel: { bands, frames, values: values.slice(0, bands * frames) },
      embedding: values.slice(bands * frames),
    };
  } catch {
    return undefined; // Whatever is wrong with it, the voice can be made again.
  }
}

/** Where it cannot be kept (a full or read-only disk), it is made again after the next start. */
export function writeVoicePrompt(folder: string, key: string, voice: VoicePrompt): void {
  const { tokens, mel, embedding } = voice;
  const { bands, frames } = mel;
  const text = JSON.stringify({ format: FORMAT, tokens, bands, frames, embedding: embedding.length });
  const encoded = new TextEncoder().encode(text);
  const length = new Uint8Array(LENGTH_BYTES);
  new DataView(length.buffer).setUint32(0, encoded.length, true);
  const values = [mel.values, embedding].map((part) =>
    Buffer.from(part.buffer, part.byteOffset, part.byteLength),
  );
  const path = pathOf(folder, key);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${path}.partial`, Buffer.concat([length, encoded, ...values]));
    renameSync(`${path}.partial`, path);
  } catch {
    // Only time is lost.
  }
}

function pathOf(folder: string, key: string): string {
  return join(folder, `${key}.voice`);
}
